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

/** `--json`: exactly one document on stdout. */
export function withJson(command: Command, what = 'one JSON document'): Command {
  return command.option('--json', `print ${what} on stdout; everything else goes to stderr`);
}

/** `--verbose`: without a screen, a line for every event. */
export function withVerbose(command: Command): Command {
  return command.option('--verbose', 'print a line for every event instead of a few for each phase');
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}
