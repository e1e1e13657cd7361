import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimedSigners } from '@infrafabric/protocol';
import { PATHS, Report, ReportError } from '@infrafabric/report';

/** A report directory as it says of itself; nothing of it was verified. */
export interface ReadReport {
  readonly report: Report;
  readonly reportJson: string;
  /** Key id of the root that the directory itself names. */
  readonly root: string;
  /** The rendering for a browser, when it was written. */
  readonly html: string | undefined;
}

/** Larger than any report we write; a file above it is not read. */
const MAX_REPORT_BYTES = 1024 * 1024 * 1024;

/** Whether a path is a directory. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Reads a report directory without verifying it. @throws ReportError `REPORT_NOT_FOUND`, `REPORT_SHAPE`. */
export function readReport(dir: string): ReadReport {
  const path = join(dir, PATHS.report);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size > MAX_REPORT_BYTES) {
    throw new ReportError('REPORT_NOT_FOUND', {
      message: `expected a report directory, got one without ${PATHS.report}`,
      where: dir,
      fix: 'name the folder that --out named, or a session id',
    });
  }
  const reportJson = readFileSync(path, 'utf8');
  const html = join(dir, 'report.html');
  return {
    report: parseReport(reportJson, path),
    reportJson: reportJson.endsWith('\n') ? reportJson : `${reportJson}\n`,
    root: rootOf(dir),
    html: statSync(html, { throwIfNoEntry: false })?.isFile() === true ? html : undefined,
  };
}

function parseReport(text: string, path: string): Report {
  const parsed = Report.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ReportError('REPORT_SHAPE', {
    message: `expected an infrafabric.report/1 document, got ${issue?.message ?? 'something else'} at /${issue?.path.join('/') ?? ''}`,
    where: path,
    fix: 'infrafabric verify says what changed',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no report has this value, so the caller refuses it
  }
}

function rootOf(dir: string): string {
  try {
    return claimedSigners(readFileSync(join(dir, PATHS.trust)))[0] ?? '';
  } catch {
    return ''; // a directory that lost its trust document still has a report to show
  }
}
