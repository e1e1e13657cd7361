import type { Command } from 'commander';
import type { ListedBudget } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

/** `budgets`: how budgets stand, by a report. */
export function addBudgets(program: Command, invocation: Invocation, act: Act): void {
  const budgets = program
    .command('budgets')
    .description('Show how the budgets of AWS and --budget-usd stand: by the bill, by AWS, and as expected')
    .argument('[id|dir]', 'session id or report directory (default: the latest session)');
  withExamples(withJson(budgets), 'infrafabric budgets', 'infrafabric budgets ./out --json');
  budgets.action((named: string | undefined, flags: { json?: boolean }) =>
    act(() => list(named, invocation, flags.json === true)),
  );
}

async function list(
  named: string | undefined,
  { terminal, environment }: Invocation,
  json: boolean,
): Promise<ExitStatus> {
  const { listBudgets, readConfig } = await import('@infrafabric/runtime');
  const budgets = await listBudgets(readConfig({ flags: {}, environment }), named);
  if (json) terminal.document(JSON.stringify(budgets, undefined, 2));
  else if (budgets.length === 0)
    terminal.out('the report compares no budget: give --budget-usd, or an estate with budgets.DescribeBudgets\n');
  else terminal.out(`${table([HEAD, ...budgets.map(row)], [1, 2, 3, 4, 5, 6])}\n`);
  return EXIT.complete;
}

const HEAD = ['BUDGET', 'LIMIT', 'ON THE BILL', 'AWS SAYS', 'EXPECTED', 'SHARE', 'PROBABILITY', 'PASSED ON'];

function row({ budget, figures }: ListedBudget): string[] {
  const say = (...names: string[]): string => {
    const found = names.flatMap((name) => figures[name] ?? [])[0];
    return found === undefined ? '-' : `${found.value} ${found.unit}`;
  };
  const day = figures['breach_day'];
  const passed = day === undefined ? '-' : day.unit === 'YYYYMMDD' ? dashed(day.value) : `day ${day.value}`;
  return [
    budget,
    say('limit', 'budget'),
    say('actual'),
    say('aws_actual'),
    say('expected', 'forecast', 'aws_forecast'),
    say('share'),
    say('probability'),
    passed,
  ];
}

const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
