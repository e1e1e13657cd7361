import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@infrafabric/report';
import type { Fabric } from '../fabric.ts';
import { readReport } from '../read-report.ts';
import { writeReport } from '../report-directory.ts';
import { FORMATS } from '../session-request.ts';
import { lineOf, type SessionLine } from '../session-line.ts';
import { findSession } from '../sessions.ts';
import { findReportFile, type ReportFile } from './report-file.ts';

/** A session that is over and what it reported. */
export interface ReportedSession {
  readonly session: SessionLine;
  readonly report: Report;
}

/** The reports of an installation, each written and verified when it is first asked for. */
export interface ReportFolders {
  /**
   * A file of the report of a session, by its path in the report directory.
   *
   * @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`, `SESSION_NOT_REPORTED`.
   */
  readonly file: (id: string, path: string) => Promise<ReportFile | undefined>;
  /** The report of a session, or of the newest that has one; `undefined` when none has. @throws as `file`. */
  readonly read: (id?: string) => Promise<ReportedSession | undefined>;
  /** Waits for what is being written. */
  readonly close: () => Promise<void>;
}

/** Opens the reports; callers that ask while one is written wait for the same writing. */
export function openReportFolders(fabric: Fabric): ReportFolders {
  const writing = new Map<string, Promise<string>>();
  let last: ReportedSession | undefined;
  const folderOf = async (id: string): Promise<string> => {
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
  };
  return {
    file: async (id, path) => findReportFile(await folderOf(id), path),
    async read(id) {
      const session = id === undefined ? await newestReported(fabric) : lineOf(await findSession(fabric, id));
      if (session === undefined) return undefined;
      if (last?.session.session_id === session.session_id) return last;
      last = { session, report: readReport(await folderOf(session.session_id)).report };
      return last;
    },
    close: async () => void (await Promise.allSettled(writing.values())),
  };
}

async function newestReported({ state }: Fabric): Promise<SessionLine | undefined> {
  const newest = (await state.sessions()).find((session) => session.report_sha256 !== undefined);
  return newest === undefined ? undefined : lineOf(newest);
}
