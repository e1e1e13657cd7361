import { evidenceId, type SessionRecord } from '@infrafabric/protocol';
import { Report } from '@infrafabric/report';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, openFabric } from './fabric.ts';
import { isDirectory, readReport } from './read-report.ts';
import { isSessionId } from './sessions.ts';

/** The report a person means; `report` is absent when none was named and there is none. */
export interface ChosenReport {
  readonly report?: Report;
  readonly reportJson: string;
}

/**
 * Finds the report a person means: a directory, a session, or the latest session that has one.
 *
 * @throws RuntimeError `SESSION_NOT_FOUND`; those of `readReport`.
 */
export async function chosenReport(config: Config, named: string | undefined): Promise<ChosenReport> {
  if (named !== undefined && (isDirectory(named) || !isSessionId(named))) return readReport(named);
  const fabric = await openFabric(config);
  try {
    const session = await sessionOf(fabric, named);
    return session === undefined ? { reportJson: '' } : await reportOf(fabric, session);
  } finally {
    await fabric.close();
  }
}

async function sessionOf(fabric: Fabric, named: string | undefined): Promise<SessionRecord | undefined> {
  if (named === undefined) return (await fabric.state.sessions()).find((one) => one.report_sha256 !== undefined);
  const session = await fabric.state.session(named);
  if (session?.report_sha256 !== undefined) return session;
  throw new RuntimeError('SESSION_NOT_FOUND', {
    message: 'no session with a report has this id',
    where: named,
    fix: 'infrafabric sessions list',
  });
}

async function reportOf(fabric: Fabric, session: SessionRecord): Promise<ChosenReport> {
  const hex = (session.report_sha256 ?? '').slice('sha256:'.length);
  const bytes = await fabric.blobsOf(session.session_id).get(evidenceId(hex));
  const reportJson = new TextDecoder().decode(bytes);
  return { report: Report.parse(JSON.parse(reportJson)), reportJson };
}
