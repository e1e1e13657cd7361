import { isSessionOver, type Observer, SessionId, type SessionRecord, type TaskStatus } from '@infrafabric/protocol';
import { silent } from './silent.ts';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, withFabric } from './fabric.ts';
import { type WriteOptions, writeReport, type WrittenReport } from './report-directory.ts';
import { askToCancel, isAbandoned, runSession } from './run-session.ts';
import { refuseUnknownFormat } from './session-request.ts';
import { withTelemetry } from './telemetry/telemetry.ts';
import { type WaitOptions, waitForSession } from './wait-for-session.ts';

/** A session as a list shows it. */
export interface SessionLine {
  readonly session_id: SessionId;
  readonly state: string;
  readonly started_at: string;
  readonly as_of: string;
  /** It is not over and the process that ran it is gone: it waits for `resume` or a coordinator. */
  readonly abandoned: boolean;
}

/** Every session, newest first. */
export function listSessions(config: Config): Promise<SessionLine[]> {
  return withFabric(config, async (fabric) => (await fabric.state.sessions()).map(lineOf));
}

/** One session with its tasks. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
export async function showSession(config: Config, id: string): Promise<{ session: SessionLine; tasks: TaskStatus[] }> {
  checkedId(id);
  return withFabric(config, (fabric) => sessionWithTasks(fabric, id));
}

/** As `showSession`, on ports that are open. */
export async function sessionWithTasks(
  fabric: Fabric,
  id: string,
): Promise<{ session: SessionLine; tasks: TaskStatus[] }> {
  const session = await findSession(fabric, id);
  return { session: lineOf(session), tasks: await fabric.state.taskStatuses(session.session_id) };
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
export async function cancelIn(fabric: Fabric, id: string): Promise<{ state: string; changed: boolean }> {
  const session = await findSession(fabric, id);
  const asked = await askToCancel(fabric, session);
  if (asked === undefined) return { state: session.state, changed: false };
  if (!isAbandoned(asked)) return { state: asked.state, changed: true };
  const coordinator = fabric.startCoordinator(silent);
  try {
    const ended = await coordinator.run(session.session_id);
    return { state: ended?.state ?? asked.state, changed: true };
  } finally {
    await coordinator.close();
  }
}

/** What `resume` found: `written` is absent when the session ended without a report. */
export interface Resumed {
  readonly state: string;
  /** It had ended before. */
  readonly wasOver: boolean;
  readonly written?: WrittenReport;
}

/** Finishes a session whose process died, and writes its report. Finished tasks are not run again. */
export function resumeSession(
  config: Config,
  id: string,
  options: WriteOptions & { readonly observer: Observer; readonly signal: AbortSignal },
): Promise<Resumed> {
  refuseUnknownFormat(options.formats);
  return withSession(config, id, (fabric, session) => finishSession(fabric, session, options));
}

/** As `resumeSession`, on ports that are open. */
export async function finishSession(
  fabric: Fabric,
  session: SessionRecord,
  options: WriteOptions & { readonly observer: Observer; readonly signal: AbortSignal },
): Promise<Resumed> {
  const wasOver = isSessionOver(session.state);
  const ended = wasOver ? session : await resumeHere(fabric, session, options);
  if (ended.report_sha256 === undefined) return { state: ended.state, wasOver };
  return { state: ended.state, wasOver, written: await writeReport(fabric, ended, options) };
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
    const session = await waitForSession(fabric, session_id, { ...options, until: isAbandoned });
    if (!isAbandoned(session) || options.signal.aborted) return lineOf(session);
    throw new RuntimeError('SESSION_ABANDONED', {
      message: 'the process that ran the session is gone',
      where: session_id,
      fix: `infrafabric sessions resume ${session_id}`,
    });
  });
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

/** The session of an id. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
export async function findSession({ state }: Pick<Fabric, 'state'>, id: string): Promise<SessionRecord> {
  const session = await state.session(checkedId(id));
  if (session !== undefined) return session;
  throw new RuntimeError('SESSION_NOT_FOUND', {
    message: 'no session has this id',
    where: id,
    fix: 'infrafabric sessions list',
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

/** A session as lists show it. */
export function lineOf(session: SessionRecord): SessionLine {
  return {
    session_id: session.session_id,
    state: session.state,
    started_at: new Date(session.created_at_ms).toISOString(),
    as_of: session.request.as_of,
    abandoned: isAbandoned(session),
  };
}
