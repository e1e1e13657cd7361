import { isSessionOver, SessionId, type Observer, WORKER_ROLES } from '@infrafabric/protocol';
import { admitterOf, type ApiCaller, apiToken } from '../api-keys.ts';
import type { Config } from '../config/config.ts';
import type { Check } from '../diagnose.ts';
import { type Fabric, openFabric } from '../fabric.ts';
import { type ProcessOptions, runSessions } from '../processes.ts';
import { lineOf, type SessionLine } from '../session-line.ts';
import { cancelIn, findSession, sessionWithTasks, type ShownSession } from '../sessions.ts';
import { silent } from '../silent.ts';
import { openSessionGauges, type SessionGauges } from '../telemetry/gauges.ts';
import { keepSweeping } from '../sweep.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { tellBoth } from '../telemetry/tell-both.ts';
import { type HostedLetters, hostedLetters } from '../dead-letters/hosted-letters.ts';
import { type EventLogs, openEventLogs } from './event-log.ts';
import { forgetCost, testConnection } from './live-answers.ts';
import { COLLECTION_SCHEDULE, keepCollectionSchedule } from './collection-schedule.ts';
import { openSchedules, refuseBadCron, type Schedules } from './schedules.ts';
import { openReportFolders, type ReportFolders } from './report-folders.ts';
import { type StartHosted, starterOf } from './start-session.ts';
import { openUploads, type Uploads } from './uploads.ts';

/** An installation that stays open: it runs every session that has no coordinator, and answers about all of them. */
export interface SessionHost {
  /** Who shows a token; `undefined` when nobody knows it. */
  readonly admit: (token: string) => ApiCaller | undefined;
  readonly start: StartHosted;
  /** Newest first. */
  readonly list: () => Promise<SessionLine[]>;
  /** @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
  readonly show: (id: string) => Promise<ShownSession>;
  /** `changed` is false when the session was over already. @throws as `show`. */
  readonly cancel: (id: string) => Promise<{ state: string; changed: boolean }>;
  /** Sees to it that somebody runs a session; `changed` is false when it was over already. @throws as `show`. */
  readonly resume: (id: string) => Promise<{ state: string; changed: boolean }>;
  readonly uploads: Pick<Uploads, 'keep' | 'list' | 'remove'>;
  readonly follow: EventLogs['follow'];
  /** How the open sessions stand now, whoever runs them. */
  readonly gauges: () => Promise<SessionGauges[]>;
  readonly deadLetters: HostedLetters;
  readonly reports: Pick<ReportFolders, 'file' | 'read'>;
  /** Absent where something else keeps them. */
  readonly schedules?: Schedules;
  /** Tries who the credentials of this machine are and what they may read; nothing that costs money is asked. Never throws. */
  readonly testConnection: (region: string | undefined) => Promise<Check[]>;
  /** Drops the live answers about cost, so that the next collection asks again; gives how many there were. */
  readonly forgetCost: () => Promise<number>;
}

/** A host in the process that opened it. */
export interface LocalHost extends SessionHost {
  /** What callers on this machine show; `fresh` when it was made by this process. */
  readonly token: ReturnType<typeof apiToken>;
  /** Lays down unfinished sessions, to be taken up again by the next host or coordinator. */
  readonly close: () => Promise<void>;
}

const GIB = 1024 ** 3;

/** Where the lines of a server go, and who else hears the events of the sessions it runs. */
export interface HostOptions {
  readonly log: ProcessOptions['log'];
  readonly observer?: Observer;
}

/** Opens an installation for as long as a server runs, with agents of every role. @throws RuntimeError `SCHEDULE_INVALID` for the setting. */
export async function openSessionHost(config: Config, { log, observer: hears }: HostOptions): Promise<LocalHost> {
  if (config.collectionSchedule !== '') refuseBadCron(config.collectionSchedule, COLLECTION_SCHEDULE);
  const fabric = await openFabric(config);
  const stop = new AbortController();
  const telemetry = await openTelemetry(fabric, { log, logsEvents: true });
  const observer = tellBoth(telemetry.observer, hears ?? silent);
  telemetry.watchSessions();
  const workers = WORKER_ROLES.map((role) => fabric.startWorker(role, observer));
  const coordinator = fabric.startCoordinator(observer);
  const running = Promise.all([
    runSessions(fabric, coordinator, { signal: stop.signal, log }),
    keepSweeping(fabric, observer, { signal: stop.signal, log }),
  ]);
  // Before the host reads it: whoever asks first makes it.
  const token = apiToken(fabric.home);
  const host = hostOn(fabric, stop.signal);
  const schedules = openSchedules(fabric.home.path, {
    clock: fabric.clock,
    start: host.start,
    isOver: async (id) => isSessionOver((await fabric.state.session(SessionId.parse(id)))?.state ?? 'DONE'),
    signal: stop.signal,
    log,
  });
  keepCollectionSchedule(schedules, config.collectionSchedule);
  return {
    ...host,
    token,
    schedules,
    close: async () => {
      stop.abort();
      await Promise.all([running, schedules.ended]);
      await Promise.all([coordinator.close(), ...workers.map((worker) => worker.close())]);
      await host.reports.close();
      await telemetry.close();
      await fabric.close();
    },
  };
}

/** Everything of a host that answers; it runs no session, which is left to who runs the agents. */
function hostOn(fabric: Fabric, signal: AbortSignal): SessionHost & { readonly reports: ReportFolders } {
  const { config, home } = fabric;
  const nowMs = (): number => fabric.clock.nowMs();
  const uploads = openUploads(home, config.apiUploadGib * GIB, nowMs);
  return {
    admit: admitterOf(home, nowMs),
    start: starterOf(fabric, uploads, signal),
    uploads,
    reports: openReportFolders(fabric),
    deadLetters: hostedLetters(fabric),
    follow: openEventLogs(fabric, signal).follow,
    gauges: () => openSessionGauges(fabric),
    list: async () => (await fabric.state.sessions()).map(lineOf),
    show: (id) => sessionWithTasks(fabric, id),
    cancel: (id) => cancelIn(fabric, id),
    resume: async (id) => {
      // Whoever runs sessions takes up each that nobody holds, so there is nothing to do but to say how it stands.
      const { state } = await findSession(fabric, id);
      return { state, changed: !isSessionOver(state) };
    },
    testConnection: (region) => testConnection(config, region, signal),
    forgetCost: () => forgetCost(config, nowMs()),
  };
}
