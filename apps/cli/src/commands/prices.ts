import type { Command } from 'commander';
import type { PriceUpdateResult, ShownPrice } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { untilStopped } from '../stop-signal.ts';
import { oneLine, table } from '../table.ts';

interface UpdateFlags {
  readonly regions: string;
  readonly services?: string;
  readonly profile?: string;
  readonly bulk?: boolean;
  readonly json?: boolean;
}

/** `prices`: the list prices an analysis uses, and how to make them newer. */
export function addPrices(program: Command, invocation: Invocation, act: Act): void {
  const prices = program.command('prices').description('Show the list prices in use, or read newer ones from AWS');
  const show = prices
    .command('show')
    .description('Show the prices whose key starts with a prefix, with their age and source')
    .argument('<key-prefix>', 'such as ebs/us-east-1/ or ec2/us-east-1/linux/m5.');
  withExamples(withJson(show), 'infrafabric prices show ebs/us-east-1/');
  show.action((prefix: string, flags: { json?: boolean }) =>
    act(() => showPrices(prefix, invocation, flags.json === true)),
  );
  const update = prices
    .command('update')
    .description('Read list prices, spot prices and Savings Plans rates from AWS; later analyses use them where newer')
    .option('--regions <list>', 'such as us-east-1,eu-west-1', 'us-east-1')
    .option('--services <list>', 'such as ec2,ebs,rds,lambda,spot (default: all)')
    .option('--profile <name>', 'AWS profile (default: as the AWS SDK chooses)')
    .option('--bulk', 'read the public price files instead, without credentials (no EC2, spot, Savings Plans)');
  withExamples(
    withJson(update),
    'infrafabric prices update --regions us-east-1,eu-west-1',
    'infrafabric prices update --bulk --services lambda,s3',
  );
  update.action((flags: UpdateFlags) => act(() => updatePrices(invocation, flags)));
}

async function showPrices(prefix: string, invocation: Invocation, json: boolean): Promise<ExitStatus> {
  const { readConfig, showPrices: show } = await import('@infrafabric/runtime');
  const shown = show(readConfig({ flags: {}, environment: invocation.environment }), prefix);
  if (json) invocation.terminal.document(JSON.stringify(shown, undefined, 2));
  else invocation.terminal.out(`${table([['KEY', 'USD', 'PER', 'AS OF', 'DAYS', 'SOURCE'], ...shown.map(rowOf)])}\n`);
  return EXIT.complete;
}

const rowOf = ({ key, usd, unit, as_of, age_days, stale, source }: ShownPrice): string[] => [
  key,
  usd,
  unit,
  as_of,
  `${age_days}${stale ? ' old' : ''}`,
  source,
];

async function updatePrices({ terminal, environment }: Invocation, flags: UpdateFlags): Promise<ExitStatus> {
  const { readConfig, updatePrices: update } = await import('@infrafabric/runtime');
  const config = readConfig({ flags: { profile: flags.profile }, environment });
  const result = await update(config, {
    services: flags.services === undefined ? undefined : words(flags.services),
    regions: words(flags.regions),
    bulk: flags.bulk === true,
    signal: untilStopped(terminal, 'stopping'),
  });
  if (flags.json === true) terminal.document(JSON.stringify(result, undefined, 2));
  else terminal.out(updateText(result));
  return result.failed.length === 0 ? EXIT.complete : EXIT.gaps;
}

function updateText({ path, prices, calls, cache_hits, conflicts, failed }: PriceUpdateResult): string {
  const lines = [
    `${prices} prices read with ${calls} calls, ${cache_hits} answers from the cache, written to ${path}`,
    ...(conflicts.length === 0 ? [] : [`left out, AWS states several prices: ${conflicts.length} keys`]),
    ...failed.map(
      ({ service, region, error_code, fix }) => `not read: ${service} ${region}: ${error_code}; ${oneLine(fix)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
