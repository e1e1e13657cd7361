import {
  commitmentAdvice,
  commitmentResult,
  type Finding,
  FINOPS_DERIVATIONS,
  removeOverlap,
} from '@infrafabric/finops';
import { aPriceTable, anEvidenceId, anInstance } from '@infrafabric/finops/testing';
import {
  type Citation,
  type Cited,
  type Claim,
  type CsvTable,
  type JsonValue,
  resolvePointer,
} from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { judge, memory, perEc2 } from './situation.ts';

/* Feature 10: what to commit to on what all other findings leave, to the cent; the arithmetic stands beside each amount. */

// Rates of m5.large as if read from AWS; none is embedded.
const RATES = {
  'ec2/us-east-1/linux/m5.large': '0.096',
  'ec2/us-east-1/linux/m5.xlarge': '0.192',
  'savingsplan/us-east-1/compute-1yr-no-upfront/m5.large': '0.07',
  'savingsplan/us-east-1/compute-1yr-no-upfront/m5.xlarge': '0.14',
  'savingsplan/us-east-1/compute-3yr-all-upfront/m5.large': '0.045',
  'savingsplan/us-east-1/compute-3yr-all-upfront/m5.xlarge': '0.09',
  'ec2/us-east-1/linux-reserved-standard-1yr-no-upfront/m5.large': '0.0605',
};
const prices = aPriceTable(RATES);
const BILL: Citation = { evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' };
const COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeDescription',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'EffectiveCost',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'RegionId',
  'ResourceId',
] as const;
const IDLE = 'i-0123456789abcdef0';
const BUSY = 'i-0123456789abcdef1';

/** Thirty days of hours of instances that run all the time. */
function bill(instances: readonly (readonly [id: string, type: string, usd: string])[]): CsvTable {
  const start = Date.parse('2026-10-01T00:00:00Z');
  const at = (hour: number): string => new Date(start + hour * 3_600_000).toISOString();
  const rows = Array.from({ length: 720 }, (_, hour) =>
    instances.map(([id, type, usd]) => [
      usd,
      'USD',
      'Usage',
      `$${usd} per On Demand Linux ${type} Instance Hour`,
      at(hour),
      at(hour + 1),
      usd,
      'Standard',
      '1',
      'Hrs',
      'AWS',
      'us-east-1',
      id,
    ]),
  ).flat();
  return { columns: [...COLUMNS], rows };
}

const costs = (id: string, usd: string) => ({
  resource_id: id,
  effective: usd,
  on_demand: usd,
  committed: '0',
  days: 30,
  basis: 'EffectiveCost' as const,
  citations: [BILL],
});

function advise(table: CsvTable, findings: readonly Finding[] = [], claims: readonly Claim[] = []) {
  const result = commitmentResult({ cited: [table], citations: [BILL] }, prices, '2026-11-20');
  return commitmentAdvice(result, { findings, net: removeOverlap(findings, claims), claims })!;
}
type Advice = ReturnType<typeof advise>;

const optionsOf = ({ options }: Advice) =>
  options.map((one) => [
    one.plan,
    one.years,
    one.payment,
    one.counted,
    one.usd_month,
    one.purchases.map((two) => two.commitment),
  ]);

test('feature 10: without other advice, one hourly commitment for all that runs; options of a set exclude each other', () => {
  const advice = advise(
    bill([
      [IDLE, 'm5.large', '0.096'],
      [BUSY, 'm5.large', '0.096'],
    ]),
  );

  // Two of 0.096 at 0.07: 2 x 0.026 x 730.56 = 37.99; at 0.045 74.52; two reserved at 0.0605: 51.87.
  expect(optionsOf(advice)).toStrictEqual([
    ['compute-savings-plan', 1, 'no-upfront', false, '37.99', ['0.14']],
    ['compute-savings-plan', 3, 'all-upfront', false, '74.52', ['0.09']],
    ['reservation', 1, 'no-upfront', true, '51.87', ['2']],
  ]);
  expect(advice.total.figures.map(({ name, value }) => [name, value])).toStrictEqual([['saving', '51.87']]);
  // 12 x 0.07 / 0.096 = 8.75; 0.8 x 140.27 - 102.28 = 9.94.
  expect(advice.options[0]?.purchases[0]).toMatchObject({
    scope: 'all regions',
    cost: '102.28',
    left: '140.27',
    utilisation: '100',
    break_even_month: '9',
    saving_at_less_use: '9.94',
  });
  expect(advice.unknown.filter((one) => one.plan === 'ec2-instance-savings-plan')).toHaveLength(6);
});

const idle = judge('ec2-idle', anInstance({ InstanceId: IDLE }), {
  prices,
  costs: costs(IDLE, '70.13'),
  series: [perEc2('CPUUtilization', 1, 'Maximum'), perEc2('NetworkIn', 0, 'Sum'), perEc2('NetworkOut', 0, 'Sum')],
});

test('feature 10: an instance that other advice stops is not committed to', () => {
  const table = bill([
    [IDLE, 'm5.large', '0.096'],
    [BUSY, 'm5.large', '0.096'],
  ]);
  const advice = advise(table, [idle.finding!], idle.claims);

  // One of 0.096 is left: 70.13; 0.8 x 70.13 - 51.14 = 4.97.
  expect(optionsOf(advice)).toStrictEqual([
    ['compute-savings-plan', 1, 'no-upfront', false, '18.99', ['0.07']],
    ['compute-savings-plan', 3, 'all-upfront', false, '37.26', ['0.045']],
    ['reservation', 1, 'no-upfront', true, '25.93', ['1']],
  ]);
});

test('feature 10: of an instance that other advice halves, a Compute Savings Plan covers half, a reservation nothing', () => {
  const halved = judge('ec2-oversized', anInstance({ InstanceId: BUSY, InstanceType: 'm5.xlarge' }), {
    prices,
    costs: costs(BUSY, '140.26'),
    series: [perEc2('CPUUtilization', 20, 'Maximum'), memory(20)],
  });
  const advice = advise(bill([[BUSY, 'm5.xlarge', '0.192']]), [halved.finding!], halved.claims);

  // Half of 0.192 at 0.14.
  expect(optionsOf(advice).slice(0, 1)).toStrictEqual([
    ['compute-savings-plan', 1, 'no-upfront', true, '18.99', ['0.07']],
  ]);
  expect(advice.options.filter((one) => one.plan === 'reservation')).toStrictEqual([]);
});

test('feature 10: every figure follows from the bill, the rates and the other advice by its published derivation', () => {
  const table = bill([
    [IDLE, 'm5.large', '0.096'],
    [BUSY, 'm5.large', '0.096'],
  ]);
  const advice = advise(table, [idle.finding!], idle.claims);
  const net = removeOverlap([idle.finding!], idle.claims);
  const claims = new Map([...idle.claims, ...net.claims, ...advice.claims].map((one) => [one.id, one]));
  const resolve = ({ evidence, pointer }: Citation): Cited => {
    if (evidence === BILL.evidence) return table;
    const claim = claims.get(evidence);
    if (claim !== undefined) return resolvePointer(JSON.parse(JSON.stringify(claim)) as JsonValue, pointer) ?? null;
    const key = pointer.slice('/entries/'.length).replaceAll('~1', '/');
    return prices(key)?.value ?? null;
  };
  const derivations = new Map(FINOPS_DERIVATIONS.map((one) => [one.id, one]));
  const figures = advice.claims.flatMap((claim) => claim.figures);
  expect(figures.length).toBeGreaterThan(20);
  expect(
    figures.map((one) =>
      derivations.get(one.derivation.id)?.compute(one.citations.map(resolve), one.derivation.params),
    ),
  ).toStrictEqual(figures.map((one) => one.value));
});
