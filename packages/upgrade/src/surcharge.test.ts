import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Decimal, formatUsd, usdOf } from '@infrafabric/finops';
import { figureValues } from '@infrafabric/finops/testing';
import { expect, test } from 'vitest';
import { eksExtendedSupport } from './rules/eks/extended-support.ts';
import { openSearchExtendedSupport } from './rules/opensearch/extended-support.ts';
import { rdsExtendedSupport } from './rules/rds/extended-support.ts';
import { EKS_SURCHARGE, RDS_SURCHARGE } from './surcharge.ts';
import { judged, ourLifecycles } from './testing/our-tables.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const CASES = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'data/upgrade/cases/cost-cases.tsv');

const at = (key: string) => ourLifecycles(key)!.value;
const usd = (key: string) => usdOf(ourLifecycles(key)!);
const rdsRate = (phase: string) => at(`extended-support-price/rds/us-east-1/vcpu-hour/${phase}`);
const EKS = 'extended-support-price/eks/all/cluster-hour';

/** The monthly surcharge of a DB instance with `vcpu` vCPUs. */
function rdsUsd(engine: string, version: string, vcpu: number, more: { asOf?: string; region?: string } = {}): string {
  const item = { Engine: engine, EngineVersion: version, DBInstanceClass: 'db.x.y', MultiAZ: false };
  const subject = judged('RdsDbInstance', item, { instanceTypes: { 'x.y': { vcpu } }, ...more });
  return figureValues(rdsExtendedSupport, subject).figures['list_saving'] ?? 'none';
}

/** What our derivations say about each published cost case; a case that no monthly derivation can state is named with its reason. */
const OURS: Readonly<Record<string, () => string>> = {
  C01: () => formatUsd(new Decimal(eks('list_cost')).times(106)),
  C03: () => rdsUsd('mysql', '8.0.35', 2),
  C05: () => formatUsd3(new Decimal(openSearch()).times(24).div(730)),
  C07: () => rdsUsd('aurora-postgresql', '13.9', 2),
  C13: () =>
    formatUsd(
      usd(`${EKS}/EXTENDED_YEAR_1_2`)
        .minus(usd(`${EKS}/STANDARD`))
        .times(264),
    ),
  C15: () => rdsUsd('mysql', '5.7.44', 4, { asOf: '2026-11-20' }),
};
const FIRST_AMOUNT: Readonly<Record<string, RegExp>> = {
  C13: /extendedSupport (\d+\.\d+)/,
};
const ELSEWHERE: Readonly<Record<string, string>> = {
  C09: 'tested with the rule: an unknown class is UNKNOWN(NO_SPECIFICATION)',
  C11: 'a bill over 25 days without its hours; the rate is tested below',
  T01: 'a wrong page: C15 is the right sum',
  T03: 'a wrong page: tested below',
  T05: 'DocumentDB is not judged',
};

test.skipIf(!existsSync(CASES))('published cost cases come out to the cent (skipped without the shared data)', () => {
  const rows = readFileSync(CASES, 'utf8').trim().split('\n').slice(1);
  const told = rows.map((row) => {
    const [id = '', input = '', expected = ''] = row.split('\t');
    const text = id === 'C13' ? input : expected;
    const amount = (FIRST_AMOUNT[id] ?? /(\d+\.\d+)/).exec(text)?.[1];
    return [id, id in ELSEWHERE ? undefined : amount] as const;
  });

  expect(told.filter(([id]) => !(id in OURS) && !(id in ELSEWHERE))).toStrictEqual([]);
  expect(told.map(([id]) => [id, OURS[id]?.()])).toStrictEqual(told);
});

test('106 EKS clusters could avoid 38690.00 of 46428.00 USD a month', () => {
  expect([eks('list_saving'), eks('list_cost')]).toStrictEqual(['365.00', '438.00']);
  expect(formatUsd(new Decimal(eks('list_saving')).times(106))).toBe('38690.00');
});

test('the adder is 365.00 a month and six times the standard 73.00 in all, never 438 on top', () => {
  expect(formatUsd(usd(`${EKS}/STANDARD`).times(730))).toBe('73.00');
  expect(
    usd(`${EKS}/EXTENDED_YEAR_1_2`)
      .div(usd(`${EKS}/STANDARD`))
      .toFixed(),
  ).toBe('6');
});

test.for([
  // vCPU x 730 x rate, by hand
  ['mysql', '8.0.35', 2, 'us-east-1', '2026-11-20', '146.00'],
  ['mysql', '5.7.44', 4, 'us-east-1', '2026-02-28', '292.00'], // last day of year 2
  ['mysql', '5.7.44', 4, 'us-east-1', '2026-03-01', '584.00'], // first day of year 3
  ['postgres', '13.7', 2, 'eu-west-1', '2026-11-20', '163.52'],
  ['postgres', '13.7', 2, 'eu-central-1', '2026-11-20', '178.12'],
  ['postgres', '11.22', 2, 'eu-west-2', '2026-11-20', '343.10'], // 0.235, not twice 0.118
  ['mysql', '8.0.35', 2, 'ap-northeast-2', '2026-11-20', '175.20'],
  ['mysql', '8.0.35', 8, 'sa-east-1', '2026-11-20', '1226.40'],
] as const)('%s %s with %i vCPU in %s on %s costs %s', ([engine, version, vcpu, region, asOf, amount]) => {
  expect(rdsUsd(engine, version, vcpu, { asOf, region })).toBe(amount);
});

test('a rate of the wrong phase is an error, not a number', () => {
  const vcpu = { vcpu: 4 };
  const compute = (on: string, phase: string) =>
    RDS_SURCHARGE.compute([{ MultiAZ: false }, at('amazon-rds-mysql/5.7'), vcpu, rdsRate(phase)], { on });

  expect(compute('2026-03-01', 'EXTENDED_YEAR_3')).toBe('584.00');
  expect(() => compute('2026-03-01', 'EXTENDED_YEAR_1_2')).toThrow(
    expect.objectContaining({ code: 'PHASE_NOT_CHARGED' }),
  );
  expect(() => compute('2024-02-29', 'EXTENDED_YEAR_1_2')).toThrow(
    expect.objectContaining({ code: 'PHASE_NOT_CHARGED' }),
  );
});

test('a standby doubles the surcharge; a member of a DB cluster is charged on its own', () => {
  const rate = rdsRate('EXTENDED_YEAR_1_2');
  const compute = (instance: Record<string, boolean | string>) =>
    RDS_SURCHARGE.compute([instance, at('amazon-rds-mysql/8.0'), { vcpu: 2 }, rate], { on: '2026-11-20' });

  expect(compute({ MultiAZ: true })).toBe('292.00');
  expect(compute({ MultiAZ: true, DBClusterIdentifier: 'a' })).toBe('146.00');
  expect(compute({})).toBe('146.00');
});

test('cited values of another shape are refused', () => {
  expect(() => EKS_SURCHARGE.compute(['text'], { on: '2026-11-20' })).toThrow(
    expect.objectContaining({ code: 'CITED_VALUE_MALFORMED' }),
  );
  expect(() => EKS_SURCHARGE.compute([at('amazon-eks/1.32')], {})).toThrow(
    expect.objectContaining({ code: 'CITED_VALUE_MALFORMED' }),
  );
});

function eks(figure: string): string {
  const subject = judged('EksCluster', { name: 'a', version: '1.32' });
  return figureValues(eksExtendedSupport, subject).figures[figure] ?? 'none';
}

/** One m7g.medium.search data node on Elasticsearch 5.6, which every source keeps in extended support. */
function openSearch(): string {
  const item = {
    EngineVersion: 'Elasticsearch_5.6',
    ClusterConfig: { InstanceType: 'm7g.medium.search', InstanceCount: 1 },
  };
  return figureValues(openSearchExtendedSupport, judged('OpenSearchDomain', item)).figures['list_saving'] ?? 'none';
}

const formatUsd3 = (amount: Decimal): string => amount.toFixed(3);
