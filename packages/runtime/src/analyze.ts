import type { Worker } from '@infrafabric/agents';
import type { Report } from '@infrafabric/report';
import {
  canonicalBytes,
  type Observer,
  type SessionId,
  type SessionRecord,
  type SessionRequest,
  WORKER_ROLES,
  WorkerRole,
} from '@infrafabric/protocol';
import type { Config } from './config/config.ts';
import { SETTINGS } from './config/settings.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, openFabric } from './fabric.ts';
import { systemIds } from './ids.ts';
import { type Inputs, ingest } from './ingest.ts';
import { refuseForeignFolder, writeReport } from './report-directory.ts';
import { storeTables } from './tables.ts';
import { waitForSession } from './wait-for-session.ts';

/** What a door asks for. */
export interface AnalyzeOptions extends Inputs {
  /** YYYY-MM-DD; today in UTC when absent. The only date judgement sees. */
  readonly asOf?: string | undefined;
  readonly question?: string | undefined;
  readonly out?: string | undefined;
  readonly formats: readonly string[];
  /** Start no agents in this process. */
  readonly external: boolean;
  readonly observer: Observer;
  /** Cancels the session. */
  readonly signal: AbortSignal;
}

/** A finished analysis and where it was written. */
export interface AnalyzeOutcome {
  readonly sessionId: SessionId;
  readonly out: string;
  readonly report: Report;
  readonly reportJson: string;
  /** Key id of the root that vouches for the report: what a reader pins. */
  readonly root: string;
}

/**
 * One analysis from inputs to a report directory that was verified before it was shown.
 *
 * @throws RuntimeError `INPUT_NONE`, `OUT_NOT_EMPTY`, `CANCELLED`, `CONFIG_INVALID`; CollectError for bad inputs.
 */
export async function analyze(config: Config, options: AnalyzeOptions): Promise<AnalyzeOutcome> {
  if (options.out !== undefined) refuseForeignFolder(options.out);
  const fabric = await openFabric(config);
  try {
    const session = await startSession(fabric, options);
    const ended = await runSession(fabric, session, options);
    return await writeReport(fabric, ended, options);
  } finally {
    await fabric.close();
  }
}

/** Takes up a session whose coordinator died, to its end. Finished tasks are not run again. */
export async function finishSession(
  fabric: Fabric,
  id: SessionId,
  options: Pick<AnalyzeOptions, 'observer' | 'signal'>,
): Promise<SessionRecord> {
  const session = await fabric.state.session(id);
  if (session === undefined)
    throw new RuntimeError('SESSION_NOT_FOUND', {
      message: 'no session has this id',
      where: id,
      fix: 'infrafabric sessions list',
    });
  return runSession(fabric, session, { ...options, external: false });
}

async function startSession(fabric: Fabric, options: AnalyzeOptions): Promise<SessionRecord> {
  const manifest = await ingest(options, fabric.evidence);
  const sessionId: SessionId = `s-${systemIds.uuidv7()}`;
  const [{ id: inputs }, tables] = await Promise.all([
    fabric.blobsOf(sessionId).put(canonicalBytes(manifest)),
    storeTables(fabric.evidence),
  ]);
  const request: SessionRequest = {
    as_of: asOfDate(options.asOf, fabric.clock.nowMs()),
    inputs,
    tables,
    roles: rolesOf(fabric.config),
    settings: settingsOf(fabric.config),
    budget_usd: fabric.config.budgetMonthlyUsd === '' ? null : fabric.config.budgetMonthlyUsd,
    question: options.question ?? null,
  };
  const now = fabric.clock.nowMs();
  const record: SessionRecord = {
    session_id: sessionId,
    state: 'CREATED',
    request,
    created_at_ms: now,
    deadline_ms: now + fabric.config.sessionDeadlineMinutes * 60_000,
    tick: 0,
    fence: 0,
    phase: 'collection',
  };
  await fabric.state.createSession(record);
  return record;
}

async function runSession(
  fabric: Fabric,
  session: SessionRecord,
  options: Pick<AnalyzeOptions, 'observer' | 'signal' | 'external'>,
): Promise<SessionRecord> {
  const cancel = (): void =>
    void fabric.state.changeSession(session.session_id, {
      expect: { cancel: { absent: true } },
      set: { cancel: true },
    });
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  try {
    const ended = options.external
      ? await waitForSession(fabric, session.session_id, options.observer)
      : await runHere(fabric, session, options.observer);
    if (ended.state === 'CANCELLED') {
      throw new RuntimeError('CANCELLED', {
        message: 'the session was cancelled',
        where: session.session_id,
        fix: `infrafabric sessions show ${session.session_id}`,
      });
    }
    return ended;
  } finally {
    options.signal.removeEventListener('abort', cancel);
  }
}

async function runHere(fabric: Fabric, session: SessionRecord, observer: Observer): Promise<SessionRecord> {
  const workers: Worker[] = WORKER_ROLES.map((role) => fabric.startWorker(role, observer));
  const coordinator = fabric.startCoordinator(observer);
  try {
    return (await coordinator.run(session.session_id)) ?? (await waitForSession(fabric, session.session_id, observer));
  } finally {
    await Promise.all([coordinator.close(), ...workers.map((worker) => worker.close())]);
  }
}

function rolesOf(config: Config): WorkerRole[] {
  const roles = config.roles.map((role) => {
    const known = WorkerRole.safeParse(role);
    if (known.success) return known.data;
    throw new RuntimeError('CONFIG_INVALID', {
      message: `no agent is called "${role}"`,
      where: '--agents',
      fix: `choose from ${WORKER_ROLES.join(', ')}`,
    });
  });
  return [...new Set<WorkerRole>(['collector', ...roles])].sort();
}

/** The thresholds a person changed; defaults stay with the rules, so that a report says the same on every machine. */
function settingsOf(config: Config): SessionRequest['settings'] {
  const changed = THRESHOLDS.filter((name) => config[name] !== SETTINGS[name].fallback);
  return Object.fromEntries(changed.map((name) => [SETTINGS[name].env, String(config[name])]));
}

const THRESHOLDS = ['idleCpuPercent', 'underutilizedCpuPercent'] as const;

function asOfDate(text: string | undefined, nowMs: number): string {
  if (text === undefined) return new Date(nowMs).toISOString().slice(0, 10);
  const valid =
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (valid) return text;
  throw new RuntimeError('CONFIG_INVALID', {
    message: `expected a date such as 2026-11-20, got "${text.slice(0, 40)}"`,
    where: '--as-of',
  });
}
