import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { undisturbedReport } from '../walk/installation.ts';
import { acceptedSession } from './examine.ts';
import { analysisArgs, openScene, resumeArgs } from './scene.ts';

/** What runs that nobody killed reported; every run under fire must report the same bytes. */
export interface Expected {
  readonly report: string;
  /** A run on the bill alone. */
  readonly ofBill: () => Promise<string>;
  /** A run in which one file of the estate cannot be read for good, and the fault that sees to it. */
  readonly failing: () => Promise<{ readonly fault: string; readonly report: string }>;
}

/** Makes the runs, each once. */
export async function expectedReports(): Promise<Expected> {
  const report = await undisturbedReport();
  let failing: ReturnType<Expected['failing']> | undefined;
  let ofBill: Promise<string> | undefined;
  return { report, failing: () => (failing ??= failingRun(report)), ofBill: () => (ofBill ??= billRun()) };
}

async function billRun(): Promise<string> {
  const scene = openScene();
  try {
    const { ended, lines } = scene.start([
      'analyze',
      '--bill',
      scene.at.bill,
      '--as-of',
      scene.at.asOf,
      '--out',
      scene.at.out('out'),
    ]);
    const status = await ended;
    if (status !== 0) throw new Error(`expected a run on the bill to end with 0, got ${status}: ${lines.join('\n')}`);
    return readFileSync(join(scene.at.out('out'), 'report.json'), 'utf8');
  } finally {
    scene.remove();
  }
}

/** The file whose evidence goes missing in a run that is to fail in part. */
const LOST_FILE = 'ec2.DescribeAddresses.json';

async function failingRun(report: string): Promise<{ fault: string; report: string }> {
  const fault = `evidence.get@${hexOf(report)}=missing#1-1000000!task.fail`;
  const environment = { FIRE_FAULTS: fault };
  const scene = openScene();
  try {
    await scene.die(analysisArgs(scene, 'out'), { point: 'session.create.after', nth: 1 });
    const session = await acceptedSession(scene);
    const { ended, lines } = scene.start(resumeArgs(scene, session?.session_id ?? '', 'out'), { environment });
    const status = await ended;
    if (status !== 1) throw new Error(`expected a run with a gap to end with 1, got ${status}: ${lines.join('\n')}`);
    return { fault, report: readFileSync(join(scene.at.out('out'), 'report.json'), 'utf8') };
  } finally {
    scene.remove();
  }
}

function hexOf(report: string): string {
  const { inputs }: { inputs: { files: { name: string; sha256: string }[] } } = JSON.parse(report);
  const file = inputs.files.find(({ name }) => name.endsWith(LOST_FILE));
  if (file === undefined) throw new Error(`expected ${LOST_FILE} among the inputs of the report`);
  return file.sha256.replace('sha256:', '');
}
