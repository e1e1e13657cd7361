import { readFileSync } from 'node:fs';
import { analyze, readHistory } from '@infrafabric/runtime';
import { afterAll, expect, test } from 'vitest';
import { type Installation, installation } from './installation.ts';

const at = installation();
afterAll(at.remove);

/** Analyses and keeps the history; answers what could not be kept. */
async function kept({ estate, bill, asOf, config, out }: Installation, name: string): Promise<string[]> {
  const notices: string[] = [];
  await analyze(config, {
    estate,
    bills: [bill],
    asOf,
    out: out(name),
    formats: [],
    external: false,
    keepsHistory: true,
    notice: (line) => notices.push(line),
    observer: { event: () => undefined },
    signal: new AbortController().signal,
  });
  return notices;
}

test('an analysis is in the history once, however often it runs, to the cent of its bill', async () => {
  expect(await kept(at, 'first')).toStrictEqual([]);
  const sql = 'SELECT sum(billed_cost)::VARCHAR AS billed, count(*) AS lines FROM cost_metrics';
  const first = await readHistory(at.config, { sql });
  const [header = '', ...lines] = readFileSync(at.bill, 'utf8').trimEnd().split('\n');
  const column = header.split(',').indexOf('BilledCost');
  const billed = lines.reduce((sum, line) => sum + Number(line.split(',')[column]), 0);
  expect(Number(first.rows[0]?.[0])).toBeCloseTo(billed, 6);

  await kept(at, 'second');
  expect(await readHistory(at.config, { sql })).toStrictEqual(first);
  const opportunities = await readHistory(at.config, {
    table: 'optimization_opportunities',
    from: at.asOf,
    to: at.asOf,
  });
  const report: { totals: { findings: number } } = JSON.parse(readFileSync(`${at.out('first')}/report.json`, 'utf8'));
  expect(opportunities.rows).toHaveLength(report.totals.findings);
});
