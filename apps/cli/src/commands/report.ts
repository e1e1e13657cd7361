import { join } from 'node:path';
import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type ReportFlags, withJson, withReportFlags } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { shownPath } from '../shown-path.ts';
import type { Report } from '@infrafabric/report';

interface Flags extends ReportFlags {
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `report`: writes the report of a session again, or reads a report directory, and prints its summary. */
export function addReport(program: Command, invocation: Invocation, act: Act): void {
  const report = program
    .command('report')
    .description('Write the report of a finished session again, or read a report directory; print its summary')
    .argument('<id|dir>', 'session id, or a report directory, which is read and not verified');
  withJson(withReportFlags(report), 'report.json').option(
    '--open',
    'open report.html with the program of this machine',
  );
  withExamples(
    report,
    'infrafabric report ./out --open',
    'infrafabric report s-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f --out ./again --format md,csv',
  );
  report.action((target: string, flags: Flags) => act(() => show(target, flags, invocation)));
}

/** A report and where it stands; `root` is absent when nothing vouches for it yet. */
interface Shown {
  readonly report: Report;
  readonly reportJson: () => string;
  readonly out: string;
  readonly html: string | undefined;
  readonly root: string | undefined;
}

async function show(target: string, flags: Flags, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const runtime = await import('@infrafabric/runtime');
  const shown: Shown =
    runtime.isDirectory(target) && !runtime.isSessionId(target)
      ? foundIn(target, runtime.readReport(target))
      : await writeAgain(target, flags, environment);
  if (flags.json === true) terminal.document(shown.reportJson());
  else {
    const { summaryOf } = await import('../summary.ts');
    const out = shownPath(shown.out);
    const formats = shown.html === undefined ? [] : ['html'];
    terminal.out(summaryOf(shown.report, { out, formats, root: shown.root }, terminal));
  }
  if (flags.open === true) {
    const { openFile } = await import('../opener.ts');
    await openFile(shown.html, shown.out);
  }
  return EXIT.complete;
}

function foundIn(
  out: string,
  { reportJson, ...found }: { report: Report; reportJson: string; html: string | undefined },
): Shown {
  return { ...found, reportJson: () => reportJson, out, root: undefined };
}

async function writeAgain(id: string, flags: Flags, environment: Invocation['environment']): Promise<Shown> {
  const { exportReport, isSessionId, readConfig, RuntimeError } = await import('@infrafabric/runtime');
  if (!isSessionId(id)) {
    throw new RuntimeError('SESSION_ID_INVALID', {
      message: 'expected a session id or a report directory, got neither',
      where: JSON.stringify(id.slice(0, 200)),
      fix: 'infrafabric sessions list',
    });
  }
  const config = readConfig({ flags: {}, environment });
  const written = await exportReport(config, id, { out: flags.out, formats: flags.format });
  return { ...written, html: flags.format.includes('html') ? join(written.out, 'report.html') : undefined };
}
