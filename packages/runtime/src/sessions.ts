import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isSessionOver, type Observer, SessionId, type SessionRecord, type TaskStatus } from '@infrafabric/protocol';
import { type Cancelled, cancelNow } from './cancel-session.ts';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, withFabric } from './fabric.ts';
import { type WriteOptions, writeReport, type WrittenReport } from './report-directory.ts';
import { runSession } from './run-session.ts';
import { holderOf, lineOf, type SessionLine } from './session-line.ts';
import { refuseUnknownFormat } from './session-request.ts';
import { sweepAbandoned } from './sweep.ts';
import { gaugesOf } from './telemetry/gauges.ts';
import { withTelemetry } from './telemetry/telemetry.ts';
import { type WaitOptions, waitForSession } from './wait-for-session.ts';

/** Every session, newest first, after those past their deadline that nobody runs were ended. */
export function listSessions(config: Config): Promise<SessionLine[]> {
  return withFabric(config, async (fabric) => {
    await sweepAbandoned(fabric);
    return (await fabric.state.sessions()).map(lineOf);
  });
}

/** A session with its tasks, and how long ago the last of them moved; null when it is over. */
export interface ShownSession {
  readonly session: SessionLine;
  readonly last_progress_age_seconds: number | null;
  readonly tasks: TaskStatus[];
}

/** One session with its tasks. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`, `STATE_LOST`. */
export async function showSession(config: Config, id: string): Promise<ShownSession> {
  checkedId(id);
  return withFabric(config, async (fabric) => {
    await sweepAbandoned(fabric);
    return sessionWithTasks(fabric, id);
  });
}

/** As `showSession`, on ports that are open. */
export async function sessionWithTasks(fabric: Fabric, id: string): Promise<ShownSession> {
  const session = await findSession(fabric, id);
  const tasks = await fabric.state.taskStatuses(session.session_id);
  const { lastProgressAgeMs } = gaugesOf(session, tasks, fabric.clock.nowMs());
  const age = isSessionOver(session.state) ? null : Math.round(lastProgressAgeMs / 1_000);
  return { session: lineOf(session), last_progress_age_seconds: age, tasks };
}

/**
 * Asks a session to stop. Its coordinator ends it; when that is gone, the session is ended here.
 *
 * `changed` is false when it was over already.
 */
export async function cancelSession(config: Config, id: string): Promise<{ state: string; changed: boolean }> {
  checkedId(id);
  return withFabric(config, (fabric) => cancelIn(fabric, id));
}

/** As `cancelSession`, on ports that are open. */
export async function cancelIn(fabric: Fabric, id: string): Promise<Cancelled> {
  return cancelNow(fabric, await findSession(fabric, id));
}

/** What `resume` found: `written` is absent when the session ended without a report, `code` says why it failed. */
export interface Resumed {
  readonly state: string;
  readonly code: string | null;
  /** It had ended before. */
  readonly wasOver: boolean;
  readonly written?: WrittenReport;
}

/**
 * Finishes a session whose process died, and writes its report. Finished tasks are not run again.
 *
 * `onHeld` hears of a coordinator that is at work on it: the session is then waited for, with agents of this process to help.
 */
export function resumeSession(
  config: Config,
  id: string,
  options: WriteOptions & {
    readonly observer: Observer;
    readonly signal: AbortSignal;
    readonly onHeld: (holder: 'alive' | 'elsewhere') => void;
  },
): Promise<Resumed> {
  refuseUnknownFormat(options.formats);
  return withSession(config, id, (fabric, session) => {
    const holder = holderOf(session);
    if (holder === 'alive' || holder === 'elsewhere') options.onHeld(holder);
    return finishSession(fabric, session, options);
  });
}

/** As `resumeSession`, on ports that are open. */
export async function finishSession(
  fabric: Fabric,
  session: SessionRecord,
  options: WriteOptions & { readonly observer: Observer; readonly signal: AbortSignal },
): Promise<Resumed> {
  const wasOver = isSessionOver(session.state);
  const ended = wasOver ? session : await resumeHere(fabric, session, options);
  const { state, code = null } = ended;
  if (ended.report_sha256 === undefined) return { state, code, wasOver };
  return { state, code, wasOver, written: await writeReport(fabric, ended, options) };
}

function resumeHere(
  fabric: Fabric,
  session: SessionRecord,
  options: { readonly observer: Observer; readonly signal: AbortSignal },
): Promise<SessionRecord> {
  return withTelemetry(
    fabric,
    () => undefined,
    (telemetry) => runSession(fabric, session, { ...options, external: false, telemetry }),
  );
}

/**
 * Follows a session that other processes run until it is over or `signal` aborts; answers its state then.
 *
 * @throws RuntimeError `SESSION_ABANDONED` when the process that ran it is gone.
 */
export function watchSession(
  config: Config,
  id: string,
  options: Pick<WaitOptions, 'observer' | 'onLook'> & { readonly signal: AbortSignal },
): Promise<SessionLine> {
  return withSession(config, id, async (fabric, { session_id }) => {
    const isLeft = leftFor(UNHELD_MS, fabric);
    const session = await waitForSession(fabric, session_id, { ...options, until: isLeft });
    if (isSessionOver(session.state) || options.signal.aborted) return lineOf(session);
    throw new RuntimeError('SESSION_ABANDONED', {
      message: 'the process that ran the session is gone',
      where: session_id,
      fix: `infrafabric sessions resume ${session_id}`,
    });
  });
}

/** Who takes up what another lays down does so within a second. */
const UNHELD_MS = 3_000;

/** Whether a session is abandoned, or was begun and nobody has held it for a while. On AWS nobody holds it between two passes. */
function leftFor(ms: number, { clock, config }: Fabric): (session: SessionRecord) => boolean {
  let heldAtMs = clock.nowMs();
  return (session) => {
    const holder = holderOf(session);
    if (holder !== 'nobody' || session.state === 'CREATED' || config.mode === 'aws') heldAtMs = clock.nowMs();
    return holder === 'gone' || clock.nowMs() - heldAtMs > ms;
  };
}

/** Writes the report of a finished session again. */
export function exportReport(config: Config, id: string, options: WriteOptions): Promise<WrittenReport> {
  refuseUnknownFormat(options.formats);
  return withSession(config, id, (fabric, session) => writeReport(fabric, session, options));
}

/** Whether a text has the form of a session id. */
export const isSessionId = (text: string): boolean => SessionId.safeParse(text).success;

async function withSession<T>(
  config: Config,
  id: string,
  use: (fabric: Fabric, session: SessionRecord) => Promise<T>,
): Promise<T> {
  checkedId(id);
  return withFabric(config, async (fabric) => use(fabric, await findSession(fabric, id)));
}

/** The session of an id. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`, `STATE_LOST`. */
export async function findSession(
  { state, config, clients, addresses }: Pick<Fabric, 'state' | 'config' | 'clients' | 'addresses'>,
  id: string,
): Promise<SessionRecord> {
  const session = await state.session(checkedId(id));
  if (session !== undefined) return session;
  if (config.mode !== 'aws') await refuseOlderThanStore(id, clients.dynamodb, addresses.tableName);
  throw new RuntimeError('SESSION_NOT_FOUND', {
    message: 'no session has this id',
    where: id,
    fix: 'infrafabric sessions list',
  });
}

/** A session that was started before the store was made was in another one. @throws RuntimeError `STATE_LOST`. */
async function refuseOlderThanStore(id: string, dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  // A session id is a UUID of version 7: its first 48 bits are Unix milliseconds (RFC 9562 section 5.7).
  const startedMs = Number.parseInt(id.slice('s-'.length).replace('-', '').slice(0, 12), 16);
  const bornMs = Table?.CreationDateTime?.getTime() ?? 0;
  if (startedMs >= Math.floor(bornMs / 1_000) * 1_000) return;
  throw new RuntimeError('STATE_LOST', {
    message: `no session has this id, and the state store was made after it was started: ${new Date(bornMs).toISOString()}`,
    where: id,
    fix: 'start the analysis again, or set INFRAFABRIC_HOME to the data folder that has the session',
  });
}

function checkedId(id: string): SessionId {
  const parsed = SessionId.safeParse(id);
  if (!parsed.success)
    throw new RuntimeError('SESSION_ID_INVALID', {
      message: 'expected a session id such as s-0192f0c1-…',
      where: JSON.stringify(id.slice(0, 60)),
      fix: 'infrafabric sessions list',
    });
  return parsed.data;
}
