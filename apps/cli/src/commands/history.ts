import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

interface HistoryFlags {
  readonly from?: string;
  readonly to?: string;
  readonly sql?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

/** `history`: what earlier analyses found, by day. */
export function addHistory(program: Command, invocation: Invocation, act: Act): void {
  const history = program
    .command('history')
    .description('Show costs, resources and opportunities by day, as analyses kept them in INFRAFABRIC_HOME/history')
    .argument('[table]', 'cost_metrics, resource_metrics or optimization_opportunities (default: how much each holds)')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--to <date>', 'last day, YYYY-MM-DD')
    .option('--sql <query>', 'a SELECT over the tables instead; it can read nothing else and change nothing')
    .option('--csv', 'print CSV');
  withExamples(
    withJson(history, 'an array of objects'),
    'infrafabric history',
    'infrafabric history cost_metrics --from 2026-11-01 --to 2026-11-19 --csv',
    'infrafabric history --sql "SELECT day, sum(billed_cost) FROM cost_metrics GROUP BY day ORDER BY day"',
  );
  history.action((name: string | undefined, flags: HistoryFlags) => act(() => show(name, flags, invocation)));
}

async function show(
  name: string | undefined,
  flags: HistoryFlags,
  { terminal, environment }: Invocation,
): Promise<ExitStatus> {
  const { readConfig, readHistory } = await import('@infrafabric/runtime');
  const { columns, rows } = await readHistory(readConfig({ flags: {}, environment }), { table: name, ...flags });
  if (flags.json === true) {
    const objects = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
    terminal.document(JSON.stringify(objects, undefined, 2));
  } else if (flags.csv === true) {
    terminal.document([columns, ...rows].map((row) => row.map((cell) => csvCell(cell ?? '')).join(',')).join('\r\n'));
  } else {
    const head = columns.map((column) => column.replaceAll('_', ' ').toUpperCase());
    terminal.out(`${table([head, ...rows.map((row) => row.map((cell) => cell ?? '-'))])}\n`);
  }
  return EXIT.complete;
}

/** RFC 4180; what a spreadsheet would run as a formula is made text. */
function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
