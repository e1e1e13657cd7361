import { relative } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, type ExitStatus, strongest } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';
import { openProgress } from '../progress.ts';
import { summaryOf } from '../summary.ts';
import { untilStopped } from './processes.ts';

interface AnalyzeFlags {
  estate?: string;
  bill?: string[];
  rate?: string[];
  asOf?: string;
  budgetUsd?: string;
  agents?: string;
  question?: string;
  out?: string;
  format: string;
  json?: boolean;
  failOn?: number;
  allowGaps?: boolean;
  external?: boolean;
}

/** `demo` and `analyze`: one analysis from command to verified report. */
export function addAnalysis(program: Command, invocation: Invocation, act: Act): void {
  const demo = program.command('demo').description('Run the whole line on the sample that ships with InfraFabric');
  withOutput(demo).action((flags: AnalyzeFlags) => act(() => analyze({ ...flags, demo: true }, invocation)));
  const command = program
    .command('analyze')
    .description('Analyse an estate directory and a bill; write a report that proves itself')
    .option(
      '--estate <dir>',
      'estate directory: <account>/<region>/<client>.<Operation>.json as the AWS CLI prints them',
    )
    .option(
      '--bill <path>',
      'a bill: FOCUS or Cost and Usage Report, CSV, CSV.gz or Parquet, a file or the folder of an export; may be repeated',
      listed,
    )
    .option('--rate <rate>', 'dated exchange rate for a bill not in USD, EUR=1.08@2026-11-01; may be repeated', listed)
    .option('--as-of <date>', 'the date judgement uses, YYYY-MM-DD (default: today, UTC)')
    .option('--budget-usd <amount>', 'monthly budget to compare the forecast with')
    .option('--agents <list>', 'pricing,rightsizing,upgrade-risk,budget (default: all)');
  withOutput(command).action((flags: AnalyzeFlags) => act(() => analyze({ ...flags, demo: false }, invocation)));
}

function withOutput(command: Command): Command {
  return command
    .option('--out <dir>', 'where to write the report: absent, empty, or an InfraFabric report, which is replaced')
    .option('--format <list>', 'renderings to write besides report.json', 'html,md,csv')
    .option('--json', 'print report.json on stdout; everything else goes to stderr')
    .option('--fail-on <severity>', 'exit 8 when a finding has this severity or more (1 to 10)', severity)
    .option('--allow-gaps', 'exit 0 although something could not be analysed')
    .option(
      '--external',
      'start no agents here: worker and coordinator processes run elsewhere on the same data folder',
    );
}

/** Collects an option that may be repeated. */
const listed = (value: string, list: string[] = []): string[] => [...list, value];

function severity(text: string): number {
  if (!/^([1-9]|10)$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 to 10.');
  return Number(text);
}

async function analyze(
  flags: AnalyzeFlags & { demo: boolean },
  { terminal, environment }: Invocation,
): Promise<ExitStatus> {
  const runtime = await import('@infrafabric/runtime');
  const config = runtime.readConfig({ flags: { 'budget-usd': flags.budgetUsd, agents: flags.agents }, environment });
  const progress = openProgress(terminal);
  const outcome = await runtime
    .analyze(config, {
      ...(flags.demo
        ? runtime.demoInputs()
        : { estate: flags.estate, bills: flags.bill ?? [], rates: flags.rate, asOf: flags.asOf }),
      question: flags.question,
      out: flags.out,
      formats: flags.format.split(',').filter((format) => format !== ''),
      external: flags.external === true,
      observer: progress,
      signal: untilStopped(),
    })
    .finally(progress.close);
  if (flags.json === true) terminal.out(outcome.reportJson);
  else terminal.out(summaryOf(outcome.report, { out: relative('', outcome.out) || '.', root: outcome.root }, terminal));
  return statusOf(flags, outcome.report);
}

type Report = Awaited<ReturnType<typeof import('@infrafabric/runtime').analyze>>['report'];

function statusOf(flags: AnalyzeFlags, report: Report): ExitStatus {
  const limit = flags.failOn;
  const severe =
    limit !== undefined &&
    report.findings.some((finding) => finding.verdict === 'FINDING' && (finding.severity ?? 0) >= limit);
  return strongest([
    severe ? EXIT.failOn : EXIT.complete,
    report.gaps.length > 0 && flags.allowGaps !== true ? EXIT.gaps : EXIT.complete,
  ]);
}
