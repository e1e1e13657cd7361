import { type Observer, type SessionId, type TaskStatus, WORKER_ROLES } from '@infrafabric/protocol';
import { s3Claims } from '@infrafabric/store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newSessionId, startSession } from '../analyze.ts';
import type { Config } from '../config/config.ts';
import { demoInputs } from '../demo.ts';
import { type Fabric, openFabric } from '../fabric.ts';
import { refuseNoInput } from '../ingest.ts';
import { apiToken } from '../keys.ts';
import { type ProcessOptions, runSessions } from '../processes.ts';
import { writeReport } from '../report-directory.ts';
import { FORMATS, requestTerms } from '../session-request.ts';
import { cancelIn, findSession, lineOf, type SessionLine, sessionWithTasks } from '../sessions.ts';
import { silent } from '../silent.ts';
import { openSessionGauges, type SessionGauges } from '../telemetry/gauges.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { tellBoth } from '../telemetry/tell-both.ts';
import { type EventLogs, openEventLogs } from './event-log.ts';
import { findReportFile, type ReportFile } from './report-file.ts';
import { sessionOfKey } from './start-once.ts';
import { keepUpload, type UploadedInput, withUploads } from './uploads.ts';

/** What is asked of a host: the same line as `analyze`, with inputs that are no paths of this machine. */
export interface HostedAnalysis {
  /** The sample that ships with InfraFabric, judged at its own date. */
  readonly demo?: boolean | undefined;
  /** Files that were uploaded; together they are one bill. */
  readonly bills?: readonly UploadedInput[] | undefined;
  /** YYYY-MM-DD; today in UTC when absent. */
  readonly asOf?: string | undefined;
  readonly question?: string | undefined;
  readonly budgetUsd?: string | undefined;
  readonly agents?: readonly string[] | undefined;
}

/** An installation that stays open: it runs every session that has no coordinator, and answers about all of them. */
export interface SessionHost {
  /** What callers must show; `fresh` when it was made by this process. */
  readonly token: ReturnType<typeof apiToken>;
  /**
   * Starts a session and answers at once; its inputs were read and found good. The same key starts one session, however often
   * and at how many hosts it is sent.
   *
   * @throws as `analyze`; RuntimeError `IDEMPOTENCY_CONFLICT`.
   */
  readonly start: (asked: HostedAnalysis, key?: string) => Promise<SessionLine>;
  /** Newest first. */
  readonly list: () => Promise<SessionLine[]>;
  /** @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
  readonly show: (id: string) => Promise<{ session: SessionLine; tasks: TaskStatus[] }>;
  /** `changed` is false when the session was over already. @throws as `show`. */
  readonly cancel: (id: string) => Promise<{ state: string; changed: boolean }>;
  /** @throws RuntimeError `UPLOAD_TOO_LARGE`, `UPLOAD_HASH_MISMATCH`. */
  readonly keepUpload: (sha256: string, chunks: AsyncIterable<Uint8Array>) => Promise<{ readonly fresh: boolean }>;
  readonly follow: EventLogs['follow'];
  /** How the open sessions stand now, whoever runs them. */
  readonly gauges: () => Promise<SessionGauges[]>;
  /**
   * A file of the report of a session, by its path in the report directory, which is written and verified on first use.
   *
   * @throws as `show`; RuntimeError `SESSION_NOT_REPORTED`.
   */
  readonly reportFile: (id: string, path: string) => Promise<ReportFile | undefined>;
  /** Lays down unfinished sessions, to be taken up again by the next host or coordinator. */
  readonly close: () => Promise<void>;
}

/** Where the lines of a server go, and who else hears the events of the sessions it runs. */
export interface HostOptions {
  readonly log: ProcessOptions['log'];
  readonly observer?: Observer;
}

/** Opens an installation for as long as a server runs, with agents of every role. */
export async function openSessionHost(config: Config, { log, observer: hears }: HostOptions): Promise<SessionHost> {
  const fabric = await openFabric(config);
  const stop = new AbortController();
  const telemetry = await openTelemetry(fabric, { log, logsEvents: true });
  const observer = tellBoth(telemetry.observer, hears ?? silent);
  telemetry.watchSessions();
  const workers = WORKER_ROLES.map((role) => fabric.startWorker(role, observer));
  const coordinator = fabric.startCoordinator(observer);
  const running = runSessions(fabric, coordinator, { signal: stop.signal, log });
  const writing = new Map<string, Promise<string>>();
  const starting = new Map<string, Promise<SessionLine>>();
  return {
    token: apiToken(fabric.home),
    start: (asked, key) => startOnce(fabric, asked, { key, starting, signal: stop.signal }),
    keepUpload: (sha256, chunks) => keepUpload(fabric.home, sha256, chunks),
    follow: openEventLogs(fabric, stop.signal).follow,
    gauges: () => openSessionGauges(fabric),
    list: async () => (await fabric.state.sessions()).map(lineOf),
    show: (id) => sessionWithTasks(fabric, id),
    cancel: (id) => cancelIn(fabric, id),
    reportFile: async (id, path) => findReportFile(await reportFolder(fabric, id, writing), path),
    close: async () => {
      stop.abort();
      await running;
      await Promise.all([coordinator.close(), ...workers.map((worker) => worker.close())]);
      await Promise.allSettled(writing.values());
      await telemetry.close();
      await fabric.close();
    },
  };
}

interface Starting {
  readonly key: string | undefined;
  /** Sessions under way, by id: callers with one key wait for the same start. */
  readonly starting: Map<string, Promise<SessionLine>>;
  readonly signal: AbortSignal;
}

async function startOnce(
  fabric: Fabric,
  asked: HostedAnalysis,
  { key, starting, signal }: Starting,
): Promise<SessionLine> {
  if (key === undefined) return start(fabric, asked, { id: newSessionId(), signal });
  const { s3: client } = fabric.clients;
  const claims = s3Claims({ client, bucket: fabric.addresses.bucketName, tenant: fabric.config.tenant });
  const id = await sessionOfKey(claims, key, asked);
  const started =
    starting.get(id) ?? startUnlessThere(fabric, asked, { id, signal }).finally(() => starting.delete(id));
  starting.set(id, started);
  return started;
}

interface Named {
  readonly id: SessionId;
  readonly signal: AbortSignal;
}

async function startUnlessThere(fabric: Fabric, asked: HostedAnalysis, named: Named): Promise<SessionLine> {
  const session = await fabric.state.session(named.id);
  return session === undefined ? start(fabric, asked, named) : lineOf(session);
}

async function start(fabric: Fabric, asked: HostedAnalysis, { id, signal }: Named): Promise<SessionLine> {
  const config: Config = {
    ...fabric.config,
    ...(asked.agents === undefined ? {} : { roles: asked.agents }),
    ...(asked.budgetUsd === undefined ? {} : { budgetMonthlyUsd: asked.budgetUsd }),
  };
  return withUploads(fabric.home, asked.bills ?? [], async (bills) => {
    const { asOf, ...inputs } = asked.demo === true ? demoInputs() : { bills, asOf: asked.asOf };
    refuseNoInput(inputs);
    const terms = requestTerms(config, { asOf, question: asked.question }, fabric.clock.nowMs());
    return lineOf(await startSession(fabric, terms, { ...inputs, signal, sessionId: id }));
  });
}

/** The report directory of a session; callers that ask while it is written wait for the same writing. */
async function reportFolder(fabric: Fabric, id: string, writing: Map<string, Promise<string>>): Promise<string> {
  const session = await findSession(fabric, id);
  const folder = join(fabric.home.reports, session.session_id);
  if (existsSync(join(folder, 'report.json'))) return folder;
  const written =
    writing.get(id) ??
    writeReport(fabric, session, { formats: FORMATS })
      .then(({ out }) => out)
      .finally(() => writing.delete(id));
  writing.set(id, written);
  return written;
}
