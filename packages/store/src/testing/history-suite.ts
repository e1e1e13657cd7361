import type { HistoryRow, HistorySnapshot, HistoryStore } from '@infrafabric/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** An empty history under test. */
export interface HistoryHarness {
  readonly store: HistoryStore;
  close(): Promise<void>;
}

const ONE = 'a'.repeat(64);
const TWO = 'b'.repeat(64);

const aCost = (day: string, account: string, service: string, cost: string): HistoryRow => ({
  day,
  provider: 'AWS',
  account,
  region: 'us-east-1',
  service,
  category: 'Usage',
  currency: 'USD',
  list_cost: cost,
  contracted_cost: cost,
  effective_cost: cost,
  billed_cost: cost,
});

const anOpportunity = (account: string, finding: string | null): HistoryRow => ({
  day: '2026-11-20',
  account,
  role: 'pricing',
  finding,
  ...(finding === null
    ? {}
    : {
        rule: 'ebs-gp2-to-gp3',
        service: 'ebs',
        region: 'us-east-1',
        resource_type: 'EbsVolume',
        resource: `vol-${finding}`,
        action: 'Upgrade',
        priority: 'low',
        list_month: '2.00',
        net_month: null,
        decision: '',
      }),
});

const aSnapshot = (
  given: Partial<HistorySnapshot['rows']>,
  report = ONE,
  at = '2026-11-20T10:00:00.000Z',
): HistorySnapshot => ({
  report,
  recorded_at: at,
  rows: { cost_metrics: [], resource_metrics: [], optimization_opportunities: [], ...given },
});

/** What every history promises. `make` opens an empty one. */
export function testHistoryStore(name: string, make: () => Promise<HistoryHarness>): void {
  describe(`a history in ${name}`, () => {
    let harness: HistoryHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(async () => harness.close());

    const costs = async (range: { from?: string; to?: string } = {}): Promise<string[]> => {
      const { columns, rows } = await harness.store.read({ table: 'cost_metrics', ...range });
      const [day, account, service, cost] = ['day', 'account', 'service', 'billed_cost'].map((one) =>
        columns.indexOf(one),
      );
      return rows.map((row) => [row[day!], row[account!], row[service!], row[cost!]].join(' '));
    };

    test('is empty before anything is recorded', async () => {
      expect(await costs()).toStrictEqual([]);
      expect((await harness.store.query('SELECT count(*) AS n FROM resource_metrics')).rows).toStrictEqual([['0']]);
    });

    test('gives days back in order, within a range, amounts exact', async () => {
      const rows = [
        aCost('2026-11-02', '1', 'S3', '0.000000000001'),
        aCost('2026-11-01', '1', 'S3', '123456789012.345678901234'),
        aCost('2026-11-01', '1', 'EC2', '10.50'),
      ];
      await harness.store.record(aSnapshot({ cost_metrics: rows }));
      expect(await costs()).toStrictEqual([
        '2026-11-01 1 EC2 10.5',
        '2026-11-01 1 S3 123456789012.345678901234',
        '2026-11-02 1 S3 0.000000000001',
      ]);
      expect(await costs({ from: '2026-11-02', to: '2026-11-02' })).toStrictEqual(['2026-11-02 1 S3 0.000000000001']);
    });

    test('does not double what is recorded again, by the same report or by another', async () => {
      const rows = [aCost('2026-11-01', '1', 'S3', '5')];
      await harness.store.record(aSnapshot({ cost_metrics: rows }));
      await harness.store.record(aSnapshot({ cost_metrics: rows }));
      await harness.store.record(aSnapshot({ cost_metrics: rows }, TWO, '2026-11-20T11:00:00.000Z'));
      expect(await costs()).toStrictEqual(['2026-11-01 1 S3 5']);
    });

    test('lets the latest snapshot of a day and account win whole, in whatever order they come, and leaves others alone', async () => {
      const late = aSnapshot({ cost_metrics: [aCost('2026-11-01', '1', 'EC2', '7')] }, TWO, '2026-11-20T12:00:00.000Z');
      const early = aSnapshot({
        cost_metrics: [
          aCost('2026-11-01', '1', 'EC2', '6'),
          aCost('2026-11-01', '1', 'S3', '1'),
          aCost('2026-11-01', '2', 'S3', '2'),
        ],
      });
      await harness.store.record(late);
      await harness.store.record(early);
      expect(await costs()).toStrictEqual(['2026-11-01 1 EC2 7', '2026-11-01 2 S3 2']);
    });

    test('forgets what a later snapshot looked for and did not find', async () => {
      const found = [anOpportunity('1', 'f-1'), anOpportunity('2', 'f-2')];
      await harness.store.record(aSnapshot({ optimization_opportunities: found }));
      const gone = [anOpportunity('1', null)];
      await harness.store.record(aSnapshot({ optimization_opportunities: gone }, TWO, '2026-11-20T12:00:00.000Z'));
      const { rows } = await harness.store.query('SELECT finding, net_month FROM optimization_opportunities');
      expect(rows).toStrictEqual([['f-2', null]]);
    });

    test('keeps the same after many snapshots', async () => {
      for (let n = 0; n < 28; n += 1) {
        const at = new Date(Date.parse('2026-11-20') + n * 60_000).toISOString();
        const rows = [aCost(n % 2 === 0 ? '2026-11-01' : '2026-11-02', '1', 'S3', String(n))];
        await harness.store.record(aSnapshot({ cost_metrics: rows }, n.toString(16).padStart(64, '0'), at));
      }
      expect(await costs()).toStrictEqual(['2026-11-01 1 S3 26', '2026-11-02 1 S3 27']);
    });

    test.each([
      ['what is no query', 'hello'],
      ['a file', "SELECT * FROM read_csv('/etc/passwd')"],
      ['writing a file', "COPY cost_metrics TO '/tmp/infrafabric-history-leak.csv'"],
    ])('refuses %s', async (_, sql) => {
      await expect(harness.store.query(sql)).rejects.toMatchObject({ code: 'QUERY_INVALID' });
    });
  });
}
