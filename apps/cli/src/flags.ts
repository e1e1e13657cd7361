import { type Command, Option } from 'commander';

/** Flags that several commands share. */
export interface ReportFlags {
  readonly out?: string;
  readonly format: readonly string[];
}

/** `--out` and `--format`. */
export function withReportFlags(command: Command): Command {
  const format = new Option('--format <list>', 'any of html,md,json,csv; report.json is always written')
    .argParser(words)
    .default(words(ALL_FORMATS), ALL_FORMATS);
  return command
    .option(
      '--out <dir>',
      'where to write the report: absent, empty, or a report to replace (default: reports/<session> in INFRAFABRIC_HOME)',
    )
    .addOption(format);
}

const ALL_FORMATS = 'html,md,json,csv';

/** What a live collection is told on the command line. */
export interface LiveFlags {
  readonly profile?: string;
  readonly regions?: string;
  readonly days?: string;
  readonly maxAwsUsd?: string;
  readonly cacheMinutes?: string;
}

/** `--profile`, `--regions`, `--days`, `--max-aws-usd`, `--cache-minutes`. */
export function withLiveFlags(command: Command): Command {
  return command
    .option('--profile <name>', 'AWS profile (default: as the AWS SDK chooses; sign-in sessions and roles included)')
    .option('--regions <list>', 'such as us-east-1,eu-west-1 (default: all the account has enabled)')
    .option('--days <number>', 'days of hourly metrics (default: 14)')
    .option('--max-aws-usd <amount>', 'most to spend on reads AWS charges for (default: no cap)')
    .option('--cache-minutes <number>', 'take answers younger than this from the last run (default: 0; cost 30)');
}

/** The flags under the names of their settings. */
export function liveSettings(flags: LiveFlags): Record<string, string | undefined> {
  return {
    profile: flags.profile,
    regions: flags.regions,
    days: flags.days,
    'max-aws-usd': flags.maxAwsUsd,
    'cache-minutes': flags.cacheMinutes,
  };
}

/** `--json`: exactly one document on stdout. */
export function withJson(command: Command, what = 'one JSON document'): Command {
  return command.option('--json', `print ${what} on stdout; everything else goes to stderr`);
}

/** `--verbose`: without a screen, a line for every event. */
export function withVerbose(command: Command): Command {
  return command.option('--verbose', 'print a line for every event instead of a few for each phase');
}

export function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
