import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PRICE_TABLE } from '@infrafabric/finops';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import { ofType, synthesized } from './testing/template.ts';

const resources = synthesized();
const count = (type: string): number => ofType(resources, type).length;

function usd(key: string): Decimal {
  const entries = PRICE_TABLE['entries'] as Record<string, { usd: string }>;
  return new Decimal(entries[key]!.usd);
}

/** Minutes of a month of 730 hours. */
const MINUTES = 730 * 60;

/** An idle queue is asked by five pollers that wait 20 s each (Lambda guide, "Using Lambda with Amazon SQS", 2026-11). */
const RECEIVES = 5 * 3 * MINUTES;

/** Generous for a sweep that finds nothing: 0.3 s in 0.5 GB. */
const SWEEP_GB_SECONDS = new Decimal('0.15');

const queues = count('AWS::Lambda::EventSourceMapping');
const LINES: readonly (readonly [what: string, count: string, cost: Decimal])[] = [
  ['dashboard', '1', usd('cloudwatch/global/dashboard/month')],
  [
    'secrets',
    `${count('AWS::SecretsManager::Secret')}`,
    usd('secretsmanager/us-east-1/secret/month').mul(count('AWS::SecretsManager::Secret')),
  ],
  [
    'alarms',
    `${count('AWS::CloudWatch::Alarm')}`,
    usd('cloudwatch/us-east-1/alarm/month').mul(count('AWS::CloudWatch::Alarm')),
  ],
  [
    'receives by the pollers of Lambda',
    `${queues} queues x ${RECEIVES.toLocaleString('en-US')}`,
    usd('sqs/us-east-1/standard-request/million')
      .mul(queues * RECEIVES)
      .div(1_000_000),
  ],
  ['key of the alarm topic', '1', usd('kms/us-east-1/key/month')],
  [
    'sweeps',
    MINUTES.toLocaleString('en-US'),
    usd('lambda/us-east-1/request/million')
      .mul(MINUTES)
      .div(1_000_000)
      .add(usd('lambda/us-east-1/arm/gb-second').mul(SWEEP_GB_SECONDS).mul(MINUTES)),
  ],
];

test('the README says what an idle installation costs by the price table, free tiers aside', () => {
  const total = Decimal.sum(...LINES.map(([, , cost]) => cost));
  const rows = [...LINES, ['**together**', '', total] as const];
  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
  const table = [...readme.matchAll(/^\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].slice(2);

  expect(table.map(([, ...cells]) => cells.map((cell) => cell.trim()))).toStrictEqual(
    rows.map(([what, count, cost]) => [what, count, cost.toFixed(2)]),
  );
});
