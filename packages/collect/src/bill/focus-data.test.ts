import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BILL_DERIVATIONS, accountSpend, billResult, costIndex } from '@infrafabric/finops';
import { type Citation, type CsvTable, evidenceId, type JsonObject, sha256Hex } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { parseCsv } from '../csv.ts';
import { checkBill } from './bill-check.ts';
import { readBills } from './read-bills.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const FOCUS = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'data/bills/focus');
const missing = !existsSync(FOCUS);
const note = missing ? ' (skipped: no data/bills/focus in INFRAFABRIC_TEST_DATA)' : '';

const read = (path: string): CsvTable => parseCsv(readFileSync(resolve(FOCUS, path)), path);
const citation: Citation = { evidence: `if://evidence/sha256/${'b'.repeat(64)}`, pointer: '', media_type: 'text/csv' };

const cited = (table: CsvTable) => ({ cited: [table], citations: [citation] });

function sumOf(table: CsvTable, column: string, filter: JsonObject = {}): string | undefined {
  return BILL_DERIVATIONS.find((one) => one.id === 'finops/bill-sum@1')?.compute([table], { column, filter });
}

// Expected sums: Python csv and decimal over the same files, 2026-11-21.
describe.skipIf(missing)(`the FOCUS 1.0 sample of 1,000 rows${note}`, () => {
  const sample = missing ? { columns: [], rows: [] } : read('focus_1.0_sample_1000.csv');

  test('passes every check', () => {
    expect(() => checkBill(sample, 'sample')).not.toThrow();
  });

  test('has the exact totals of its four cost columns', () => {
    const columns = ['ListCost', 'ContractedCost', 'EffectiveCost', 'BilledCost'];
    expect(columns.map((column) => sumOf(sample, column))).toStrictEqual([
      '20.39090575119',
      '14.97626039326',
      '14.97651418586',
      '20.52022672899',
    ]);
  });

  test('is grouped exactly', () => {
    const { claims, notes } = accountSpend(cited(sample), { asOf: '2026-11-20' });
    const groups = (topic: string) =>
      claims.find((claim) => claim.topic === topic)?.figures.filter((figure) => figure.name !== 'largest_share') ?? [];
    const top = (topic: string) =>
      groups(topic)
        .slice(0, 3)
        .map((figure) => figure.value);
    expect(
      ['provider', 'service', 'account', 'region', 'day'].map((name) => groups(`spend/${name}`).length),
    ).toStrictEqual([3, 33, 73, 26, 30]);
    expect(top('spend/provider')).toStrictEqual(['18.0066386184', '1.97651418586', '0.53707392473']);
    expect(top('spend/service')).toStrictEqual(['16.0416930505', '1.58088', '0.7532270852']);
    expect(top('spend/account')).toStrictEqual(['13.6164825497', '1.58088', '1.3408546746']);
    expect(top('spend/region')).toStrictEqual(['14.101247192', '2.12769447814', '1.8342527628']);
    expect(top('spend/day')).toStrictEqual(['0.1275914035', '0.0393753466', '-0.08746750847']);
    expect(notes.map((one) => one.code)).toStrictEqual(['UNMAPPED_SPEND', 'FORECAST_UNKNOWN', 'FORECAST_UNKNOWN']);
  });

  test('is spread over the categories of the service catalogue, all of it', () => {
    const { claims, notes } = accountSpend(cited(sample), { asOf: '2026-11-20' });
    const figures = claims.find((claim) => claim.topic === 'spend/category')?.figures ?? [];
    // Services sorted into categories by hand; together 20.52022672899, the total of the file.
    expect(figures.map(({ name, value }) => [name, value])).toStrictEqual([
      ['category.compute', '16.0506322668'],
      ['category.database', '0.7566625852'],
      ['category.networking-content-delivery', '0.4917767346'],
      ['category.containers', '0.4627729809'],
      ['category.management-governance', '0.2202095838'],
      ['category.security-identity-compliance', '0.0131111112'],
      ['category.storage', '0.011362517'],
      ['category.application-integration', '0.0001108389'],
      ['other_providers', '2.51358811059'],
    ]);
    expect(notes.find((one) => one.code === 'UNMAPPED_SPEND')?.detail).toBe(
      'BilledCost in no category of services: 2.51 USD of providers other than AWS.',
    );
  });

  test('has an EffectiveCost that is believed of Microsoft only', () => {
    const { notes, costs, accounts } = billResult({ lines: cited(sample) });
    const doubted = notes.filter((one) => one.code === 'EFFECTIVE_COST_NOT_BELIEVED').map((one) => one.detail);
    expect(doubted.map((detail) => detail.split(';')[0])).toStrictEqual([
      'EffectiveCost of AWS is integer-rounded and not believed: 604 rows with BilledCost > 0 and EffectiveCost 0, sums 13.00 vs 18.01',
      'EffectiveCost of Oracle is integer-rounded and not believed: 6 rows with BilledCost > 0 and EffectiveCost 0, sums 0.00 vs 0.54',
    ]);
    expect([costs.length, accounts.length]).toStrictEqual([840, 73]);
  });

  test('gives the cost of one resource, scaled from the days it has lines on', () => {
    const { costs } = billResult({ lines: cited(sample) });
    // 0.01160898670 on 3 days: * 30.44 / 3 = 0.117792518382666...
    expect(costs.find((one) => one.resource_id === 'i-037929a54982e113l')).toMatchObject({
      effective: '0.117792518383',
      days: 3,
      basis: 'BilledCost',
    });
    const somebodyElse = {
      account: '644160558196',
      region: 'us-east-1',
      type: 'Ec2Instance',
      id: 'i-0123456789abcdef0',
    } as const;
    expect(costIndex(costs).of(somebodyElse)).toBe(undefined);
  });

  test('is forecast and compared with a budget as the same formulas in Python do', () => {
    const { claims } = accountSpend(cited(sample), { asOf: '2024-09-21', budgetUsd: '15' });
    const [month, days, breach] = claims
      .slice(-3)
      .map((claim) => claim.figures.map((figure) => `${figure.name} ${figure.value}`));
    const method = ['history_days 20', 'origins 6', 'relative_error 0.87'];
    const week = ['0.29', '0.46', '0.36', '0.42', '0.56', '1.39', '1.32'];
    expect(month).toStrictEqual(['expected 17.07', 'spent 11.15', ...method]);
    expect([days?.slice(0, 4), days?.slice(4).map((text) => text.split(' ')[1])]).toStrictEqual([
      ['expected 19.96', ...method],
      Array.from({ length: 30 }, (_, day) => week[day % 7]),
    ]);
    expect(breach).toStrictEqual(['budget 15.00', 'forecast 17.07', 'overrun 2.07', 'share 113.8', 'breach_day 27']);
  });
});

/** File, BilledCost, EffectiveCost. */
const EXAMPLES = [
  [
    'commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource',
    '2.75',
    '2.75',
  ],
  [
    'commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources',
    '2.00',
    '2.00',
  ],
  [
    'commitment_discount_flexibility/one_hundred_percent_utilization_without_commitment_discount_flexibility',
    '1.50',
    '1.50',
  ],
  ['commitment_discount_flexibility/zero_percent_utilization_without_commitment_discount_flexibility', '3.50', '3.50'],
  ['commitment_discount_scenarios/commitment_discount_purchase_scenario_1', '8760.00', '0.00'],
  ['commitment_discount_scenarios/commitment_discount_purchase_scenario_2', '3.00', '0.00'],
  ['commitment_discount_scenarios/commitment_discount_purchase_scenario_3', '4381.50', '0.00'],
  ['commitment_discount_scenarios/commitment_discount_usage_scenario_1', '0.00', '1.00'],
  ['commitment_discount_scenarios/commitment_discount_usage_scenario_2', '0.00', '1.00'],
  ['commitment_discount_scenarios/commitment_discount_usage_scenario_3', '0.00', '1.00'],
  ['commitment_discount_scenarios/commitment_discount_usage_scenario_4', '0.50', '1.50'],
  ['saas_examples/simple_agreements/simple_saas_agreements_a1', '10000.00', '10000.00'],
  ['saas_examples/simple_agreements/simple_saas_agreements_a2', '50000.00', '50000.00'],
  ['saas_examples/simple_agreements/simple_saas_agreements_a3', '1000.00', '1000.00'],
  ['saas_examples/simple_agreements/simple_saas_agreements_b', '50000.00', '50000.00'],
  ['saas_examples/simple_agreements/simple_saas_agreements_c', '35800.00', '35800.00'],
  ['saas_examples/spend_agreements/saas_spend_agreements_a1', '1200.00', '1200.00'],
  ['saas_examples/spend_agreements/saas_spend_agreements_a2', '1200.00', '1200.00'],
  ['saas_examples/spend_agreements/saas_spend_agreements_b1', '1200.00', '1200.00'],
  ['saas_examples/spend_agreements/saas_spend_agreements_b2', '1200.00', '1200.00'],
  ['saas_examples/virtual_currency_pricing_model_a1', '200000.00', '0.00'],
  ['saas_examples/virtual_currency_pricing_model_a2', '0.00', '1230.00'],
  ['saas_examples/virtual_currency_pricing_model_b1', '100000.00', '0.00'],
  ['saas_examples/virtual_currency_pricing_model_b2', '0.00', '615.00'],
  ['saas_examples/virtual_currency_pricing_model_b3', '0.00', '495.00'],
  ['saas_examples/virtual_currency_pricing_model_c', '53000.00', '0.00'],
] as const;

describe.skipIf(missing)(`the examples of the FOCUS specification${note}`, () => {
  test.each(EXAMPLES)('%s: BilledCost %s, EffectiveCost %s', async (path, billed, effective) => {
    const stored: Uint8Array[] = [];
    const put = (bytes: Uint8Array) => {
      stored.push(bytes);
      return Promise.resolve({ id: evidenceId(sha256Hex(bytes)), fresh: true });
    };
    await readBills({ paths: [resolve(FOCUS, 'spec_examples', `${path}.csv`)] }, { put });
    const table = parseCsv(stored[0]!);
    expect([sumOf(table, 'BilledCost'), sumOf(table, 'EffectiveCost')]).toStrictEqual([billed, effective]);
    expect(() => [
      billResult({ lines: cited(table) }),
      accountSpend(cited(table), { asOf: '2026-11-20' }),
    ]).not.toThrow();
  });
});
