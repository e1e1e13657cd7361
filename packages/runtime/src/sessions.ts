import { isSessionOver, type Observer, SessionId, type SessionRecord, type TaskStatus } from '@infrafabric/protocol';
import { finishSession } from './analyze.ts';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, openFabric } from './fabric.ts';
import { writeReport } from './report-directory.ts';

/** A session as a list shows it. */
export interface SessionLine {
  readonly session_id: SessionId;
  readonly state: string;
  readonly started_at: string;
  readonly as_of: string;
}

/** Every session, newest first. */
export function listSessions(config: Config): Promise<SessionLine[]> {
  return withFabric(config, async (fabric) => (await fabric.state.sessions()).map(lineOf));
}

/** One session with its tasks. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
export function showSession(config: Config, id: string): Promise<{ session: SessionLine; tasks: TaskStatus[] }> {
  return withFabric(config, async (fabric) => {
    const session = await sessionOf(fabric, id);
    return { session: lineOf(session), tasks: await fabric.state.taskStatuses(session.session_id) };
  });
}

/** Asks a session to stop; its coordinator ends its live tasks. `changed` is false when it was over already. */
export function cancelSession(config: Config, id: string): Promise<{ state: string; changed: boolean }> {
  return withFabric(config, async (fabric) => {
    const session = await sessionOf(fabric, id);
    if (isSessionOver(session.state)) return { state: session.state, changed: false };
    const changed = await fabric.state.changeSession(session.session_id, {
      expect: { state: session.state },
      set: { cancel: true },
    });
    return { state: session.state, changed: changed !== undefined };
  });
}

/** Finishes a session whose process died, and writes its report. Finished tasks are not run again. */
export function resumeSession(
  config: Config,
  id: string,
  options: { readonly observer: Observer; readonly signal?: AbortSignal; readonly out?: string | undefined },
): Promise<{ state: string; out?: string; gaps: number }> {
  return withFabric(config, async (fabric) => {
    const session = await sessionOf(fabric, id);
    const signal = options.signal ?? new AbortController().signal;
    const ended = isSessionOver(session.state)
      ? session
      : await finishSession(fabric, session.session_id, { observer: options.observer, signal });
    if (ended.report_sha256 === undefined) return { state: ended.state, gaps: 0 };
    const written = await writeReport(fabric, ended, { out: options.out, formats: ALL_FORMATS });
    return { state: ended.state, out: written.out, gaps: written.report.gaps.length };
  });
}

/** Writes the report of a finished session again; answers the folder. */
export function exportReport(
  config: Config,
  id: string,
  options: { readonly out?: string | undefined; readonly format: string },
): Promise<string> {
  return withFabric(config, async (fabric) => {
    const written = await writeReport(fabric, await sessionOf(fabric, id), {
      out: options.out,
      formats: options.format.split(','),
    });
    return written.out;
  });
}

const ALL_FORMATS = ['html', 'md', 'csv'];

async function sessionOf(fabric: Fabric, id: string): Promise<SessionRecord> {
  const parsed = SessionId.safeParse(id);
  if (!parsed.success)
    throw new RuntimeError('SESSION_ID_INVALID', {
      message: 'expected a session id such as s-0192...',
      where: id.slice(0, 60),
      fix: 'infrafabric sessions list',
    });
  const session = await fabric.state.session(parsed.data);
  if (session === undefined)
    throw new RuntimeError('SESSION_NOT_FOUND', {
      message: 'no session has this id',
      where: id,
      fix: 'infrafabric sessions list',
    });
  return session;
}

function lineOf(session: SessionRecord): SessionLine {
  return {
    session_id: session.session_id,
    state: session.state,
    started_at: new Date(session.created_at_ms).toISOString(),
    as_of: session.request.as_of,
  };
}

async function withFabric<T>(config: Config, use: (fabric: Fabric) => Promise<T>): Promise<T> {
  const fabric = await openFabric(config);
  try {
    return await use(fabric);
  } finally {
    await fabric.close();
  }
}
