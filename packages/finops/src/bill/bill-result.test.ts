import { expect, test } from 'vitest';
import { aBill, aCitedBill } from '../testing/index.ts';
import { billTable } from './bill-table.ts';
import { daySums, groupSums } from './bill-sums.ts';
import { billResult } from './bill-result.ts';
import { BILL_DERIVATIONS, billShare, billSum } from './derivations.ts';

test('a plain bill gives accounts and cost facts, and nothing to say', () => {
  const result = billResult({
    lines: aCitedBill(aBill([{}, { SubAccountId: '444455556666', ResourceId: 'vol-01234567' }])),
  });
  expect(result).toMatchObject({ kind: 'bill', accounts: ['111122223333', '444455556666'], notes: [] });
  expect(result.costs.map((one) => one.resource_id)).toStrictEqual(['i-0123456789abcdef0', 'vol-01234567']);
});

test('a rounded EffectiveCost is a claim whose figures can be computed again', () => {
  const table = aBill(['0.40', '0.30', '1.60'].map((BilledCost) => ({ BilledCost, EffectiveCost: '0' })));
  const { claims, notes } = billResult({ lines: aCitedBill(table) });
  expect(notes.map((note) => note.code)).toStrictEqual(['EFFECTIVE_COST_NOT_BELIEVED']);
  expect(claims.map((claim) => claim.statement)).toStrictEqual([
    '3 lines come to ListCost 2.30 USD, ContractedCost 2.30 USD, EffectiveCost 0.00 USD, BilledCost 2.30 USD.',
    // One day: 2.30 x 30.44 = 70.012.
    'The usage on the bill comes to 70.01 USD/month by BilledCost, scaled to 30.44 days.',
    'EffectiveCost of AWS is integer-rounded and not believed: 3 rows with BilledCost > 0 and EffectiveCost 0, ' +
      'sums 0.00 vs 2.30; whole on every usage row with a fractional BilledCost. BilledCost stands in for it.',
  ]);
  const figures = claims.slice(2).flatMap((claim) => claim.figures);
  expect(figures.map((figure) => [figure.name, figure.value])).toStrictEqual([
    ['effective', '0.00'],
    ['billed', '2.30'],
    ['zeroed_lines', '3'],
  ]);
  for (const figure of figures) {
    const derivation = BILL_DERIVATIONS.find((one) => one.id === figure.derivation.id);
    expect(derivation?.compute([table], figure.derivation.params)).toBe(figure.value);
  }
});

test('absent costs, short account ids and another currency are said', () => {
  const table = aBill([{ ContractedCost: 'NULL', SubAccountId: '1234567890', BillingCurrency: 'EUR' }]);
  const { notes, costs, accounts } = billResult({ lines: aCitedBill(table) });
  expect(notes.map((note) => note.code)).toStrictEqual(['COST_ABSENT', 'ACCOUNT_ID_SHAPE', 'BILL_CURRENCY']);
  expect([costs, accounts]).toStrictEqual([[], ['001234567890']]);
});

test('groups stand dearest first, then by name, without a name last', () => {
  const lines = [
    ['b', '1'],
    ['', '1'],
    ['a', '1'],
    ['c', '2.5'],
    ['b', '0.5'],
  ];
  const bill = billTable(aBill(lines.map(([RegionId = '', BilledCost = '']) => ({ RegionId, BilledCost }))));
  expect(groupSums(bill, 'BilledCost', 'RegionId').map(({ label, value }) => [label, value])).toStrictEqual([
    ['c', '2.50'],
    ['b', '1.50'],
    ['a', '1.00'],
    [null, '1.00'],
  ]);
});

test('days are those on which charge periods start', () => {
  const bill = billTable(
    aBill([
      { ChargePeriodStart: '2026-11-02 23:00:00', ChargePeriodEnd: '2026-11-03 00:00:00' },
      { ChargePeriodStart: '2026-11-01 00:00:00', ChargePeriodEnd: '2026-11-05 00:00:00', BilledCost: '4' },
      { ChargePeriodStart: '2026-11-02 00:00:00', ChargePeriodEnd: '2026-11-02 01:00:00' },
    ]),
  );
  expect(daySums(bill, 'BilledCost').map(({ label, value }) => [label, value])).toStrictEqual([
    ['2026-11-01', '4.00'],
    ['2026-11-02', '3.00'],
  ]);
});

test('a sum can be filtered by several columns and by an absent cell', () => {
  const table = aBill([
    { RegionId: 'NULL', BilledCost: '1' },
    { RegionId: '', BilledCost: '2', ServiceName: 'x' },
    { BilledCost: '4', ServiceName: 'x' },
  ]);
  const of = (filter: Record<string, string | null>) => billSum.compute([table], { column: 'BilledCost', filter });
  expect([
    of({}),
    of({ RegionId: null }),
    of({ RegionId: null, ServiceName: 'x' }),
    of({ ServiceName: 'y' }),
  ]).toStrictEqual(['7.00', '3.00', '2.00', '0.00']);
  // 3 of 7
  expect(billShare.compute([table], { column: 'BilledCost', filter: { RegionId: null } })).toBe('42.86');
});

test.each([
  ['a JSON value instead of a bill', [{}], { column: 'BilledCost', filter: {} }],
  ['no column', [aBill([{}])], { filter: {} }],
  ['a column the bill does not have', [aBill([{}])], { column: 'Cost', filter: {} }],
  ['a column of text', [aBill([{}])], { column: 'RegionId', filter: {} }],
  ['a filter by a number', [aBill([{}])], { column: 'BilledCost', filter: { RegionId: 1 } }],
])('a sum refuses %s', (_, cited, params) => {
  expect(() => billSum.compute(cited, params)).toThrow('expected');
});

test('what is left out is in USD where the bill comes with rates, and published versions stay as they were', () => {
  const columns = ['identity_line_item_id', 'line_item_usage_account_id', 'line_item_line_item_type'];
  const more = ['line_item_unblended_cost', 'line_item_usage_start_date', 'line_item_usage_end_date'];
  const period = ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z'];
  const line = (id: string, cost: string, currency: string): string[] =>
    [id, '111122223333', 'Usage', cost].concat(period, currency);
  const table = {
    columns: [...columns, ...more, 'line_item_currency_code'],
    rows: ['a', 'a'].map((id) => line(id, '2', 'EUR')).concat(['b', 'b'].map((id) => line(id, '10', 'USD'))),
  };
  const rates = { rates: { EUR: { usd: '1.5', as_of: '2026-10-31' } } };
  const { claims } = billResult({ lines: { cited: [table, rates], citations: [] } });
  const leftOut = claims[0]?.figures.find((figure) => figure.name === 'left_out');
  // 2 EUR at 1.5 and 10 USD
  expect([leftOut?.value, leftOut?.unit, leftOut?.derivation.id]).toStrictEqual([
    '13.00',
    'USD',
    'finops/bill-dropped-sum@2',
  ]);
  const first = BILL_DERIVATIONS.find((one) => one.id === 'finops/bill-dropped-sum@1');
  expect(first?.compute([table, rates], {})).toBe('12.00');
});

test('a FOCUS 1.4 bill, which has no ProviderName, is grouped by who made the service available', () => {
  const bill = aBill([{}, { BilledCost: '2' }]);
  const columns = bill.columns.map((column) => (column === 'ProviderName' ? 'ServiceProviderName' : column));
  const { labels } = billTable({
    columns: [...columns, 'InvoiceDetailId'],
    rows: bill.rows.map((row) => [...row, '']),
  }).dimension('ProviderName');
  expect(labels).toStrictEqual(['AWS']);
});
