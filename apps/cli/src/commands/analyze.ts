import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus, strongest } from '../exit-status.ts';
import {
  type LiveFlags,
  liveSettings,
  type ReportFlags,
  withJson,
  withLiveFlags,
  withReportFlags,
  withVerbose,
} from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { shownPath } from '../shown-path.ts';
import { openProgress } from '../progress.ts';
import { untilStopped } from '../stop-signal.ts';
import type { Narrative, Report } from '@infrafabric/report';
import type { AnalyzeOptions } from '@infrafabric/runtime';
import { liveText } from '../live-text.ts';

interface AnalyzeFlags extends ReportFlags, LiveFlags {
  readonly live?: boolean;
  readonly estate?: string;
  readonly bill?: readonly string[];
  readonly rate?: readonly string[];
  readonly asOf?: string;
  readonly budgetUsd?: string;
  readonly question?: string;
  readonly threshold?: readonly string[];
  readonly exclude?: readonly string[];
  readonly rightsizingPreset?: string;
  readonly agents?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly failOn?: number;
  readonly allowGaps?: boolean;
  readonly external?: boolean;
  readonly decisions?: string;
  readonly llm?: string;
  readonly model?: string;
  readonly maxUsd?: string;
  readonly deadlineMinutes?: string;
  readonly idempotencyKey?: string;
}

/** `demo` and `analyze`: one analysis from command to verified report. */
export function addAnalysis(program: Command, invocation: Invocation, act: Act): void {
  const demo = program.command('demo').description('Run the whole line on the sample that ships with InfraFabric');
  withExamples(withAnalysisFlags(demo), 'infrafabric demo', 'infrafabric demo --out ./demo-report --json');
  demo.action((flags: AnalyzeFlags) => act(() => analyze(flags, invocation, true)));

  const command = program
    .command('analyze')
    .description('Analyse an AWS account, an estate directory, a bill; write a report that proves itself')
    .option('--estate <dir>', 'estate: [<account>/]<region>/<client>.<Operation>.json as the AWS CLI prints them')
    .option('--live', 'read the AWS account the credentials belong to; describes, lists and gets, never changes')
    .option(
      '--bill <path>',
      'FOCUS or CUR bill: CSV, CSV.gz, zip, Parquet, or the folder of an export; may be repeated',
      collect,
    )
    .option('--rate <rate>', 'dated exchange rate of a bill, EUR=1.08@2026-11-01; may be repeated', collect)
    .option('--as-of <date>', 'the only date judgement sees, YYYY-MM-DD (default: today, UTC)')
    .option('--budget-usd <amount>', 'monthly budget to compare the forecast with')
    .option('--threshold <rule.name=value>', 'limit of a rule other than its own; may be repeated', collect)
    .option(
      '--rightsizing-preset <name>',
      'percentile and headroom of rightsizing: Default, Balanced, MaxSavings, MaxPerformance',
    )
    .option(
      '--exclude <tags>',
      'set resources aside by tags: env=prod, team=a|b, !owner, team="a,b" with a comma; may be repeated',
      collect,
    )
    .option(
      '--idempotency-key <key>',
      'the same key with the same inputs is one session: run again, it is finished or reported, not started anew',
      idempotencyKey,
    )
    .option('--agents <list>', 'any of pricing,rightsizing,upgrade-risk,budget (default: all)');
  withExamples(
    withAnalysisFlags(withLiveFlags(command)),
    'infrafabric analyze --estate ./dump --bill focus.csv --out ./out',
    'infrafabric analyze --live --profile audit --regions us-east-1,eu-west-1 --max-aws-usd 1',
    'infrafabric analyze --bill focus.csv --budget-usd 500 --as-of 2026-11-20',
    'infrafabric analyze --bill focus.csv --question "why did RDS grow in October?"',
    "infrafabric analyze --estate ./dump --exclude 'env=prod&keep' --threshold ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS=365",
    'infrafabric analyze --live --idempotency-key "nightly-$(date +%F)"',
    'infrafabric analyze --estate ./dump --agents upgrade-risk --fail-on 7 --json > report.json',
  );
  command.action((flags: AnalyzeFlags) => act(() => analyze(flags, invocation, false)));
}

function withAnalysisFlags(command: Command): Command {
  return withVerbose(withJson(withReportFlags(command), 'report.json'))
    .option('--question <text>', 'a question about the bill or the findings, answered by rule')
    .option('--llm <who>', 'who puts the report in words: none, anthropic, bedrock, fake (default: none)')
    .option('--model <id>', 'model to ask (default: claude-sonnet-5-5)')
    .option('--max-usd <amount>', 'most to spend on the model, reserved before each request (default: 1.00)')
    .option('--fail-on <severity>', 'exit 8 when a finding has this severity or more (1 to 10)', severity)
    .option('--allow-gaps', 'exit 0 although something could not be analysed')
    .option('--deadline-minutes <number>', 'end by then, with what is not done as gaps (default: 60)')
    .option(
      '--decisions <file>',
      'decisions as `decisions list --json` prints them, or none (default: those kept in INFRAFABRIC_HOME)',
    )
    .option('--external', 'start no agents here: worker and coordinator processes run on the same data folder');
}

function collect(path: string, paths: readonly string[] | undefined): readonly string[] {
  return [...(paths ?? []), path];
}

function idempotencyKey(text: string): string {
  if (!/^[\x21-\x7E]{1,255}$/.test(text)) throw new InvalidArgumentError('expected 1 to 255 visible ASCII characters.');
  return text;
}

function severity(text: string): number {
  if (!/^([1-9]|10)$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 to 10.');
  return Number(text);
}

async function analyze(
  flags: AnalyzeFlags,
  { terminal, environment }: Invocation,
  isDemo: boolean,
): Promise<ExitStatus> {
  const signal = untilStopped(terminal, 'cancelling the session');
  const runtime = await import('@infrafabric/runtime');
  const settings = {
    'budget-usd': flags.budgetUsd,
    agents: flags.agents,
    ...controlSettings(flags),
    ...liveSettings(flags),
    llm: flags.llm,
    model: flags.model,
    'max-usd': flags.maxUsd,
    'deadline-minutes': flags.deadlineMinutes,
  };
  const config = runtime.readConfig({ flags: settings, environment });
  const progress = openProgress(terminal, flags.verbose === true);
  const { report, reportJson, out, root, live, narrative } = await runtime
    .analyze(config, {
      ...(isDemo ? runtime.demoInputs() : inputsOf(flags)),
      question: flags.question,
      out: flags.out,
      formats: flags.format,
      external: flags.external === true,
      key: flags.idempotencyKey,
      decisions: flags.decisions,
      keepsHistory: !isDemo && config.history === 'on',
      observer: progress,
      notice: (line) => terminal.err(`${line}\n`),
      signal,
    })
    .finally(progress.close);
  if (live !== undefined) terminal.err(`${liveText(live)}\n`);
  if (flags.json === true) terminal.document(reportJson());
  else {
    const { summaryOf } = await import('../summary.ts');
    terminal.out(summaryOf(report, { out: shownPath(out), root, formats: flags.format, narrative }, terminal));
  }
  return statusOf(flags, report, narrative);
}

function controlSettings({ threshold, exclude, rightsizingPreset }: AnalyzeFlags): Record<string, string | undefined> {
  return {
    threshold: threshold?.join(','),
    exclude: exclude?.join(','),
    'rightsizing-preset': rightsizingPreset,
  };
}

function inputsOf({
  estate,
  bill,
  rate,
  asOf,
  live,
}: AnalyzeFlags): Pick<AnalyzeOptions, 'estate' | 'bills' | 'rates' | 'asOf' | 'live'> {
  return { estate, bills: bill ?? [], rates: rate, asOf, live };
}

function statusOf({ failOn, allowGaps }: AnalyzeFlags, report: Report, narrative: Narrative | undefined): ExitStatus {
  const isSevere = report.findings.some(
    (finding) => finding.verdict === 'FINDING' && (finding.severity ?? 0) >= (failOn ?? Number.POSITIVE_INFINITY),
  );
  const gaps = [...report.gaps, ...(narrative?.gaps ?? [])];
  const hasGaps = gaps.length > 0 && allowGaps !== true;
  return strongest([
    gaps.some(({ code }) => code === 'BUDGET_EXCEEDED') ? EXIT.budget : EXIT.complete,
    isSevere ? EXIT.failOn : EXIT.complete,
    hasGaps ? EXIT.gaps : EXIT.complete,
  ]);
}
