import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testHistoryStore } from '../testing/suites.ts';
import { parquetHistory } from './parquet-history.ts';

testHistoryStore('Parquet files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'infrafabric-history-'));
  return { store: parquetHistory(folder), close: () => rm(folder, { recursive: true, force: true }) };
});

test('what a crash leaves half-written is not read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'infrafabric-history-'));
  const store = parquetHistory(folder);
  const rows = { cost_metrics: [], resource_metrics: [], optimization_opportunities: [] };
  await store.record({ report: 'a'.repeat(64), recorded_at: '2026-11-20T10:00:00.000Z', rows });
  await writeFile(join(folder, 'cost_metrics', 'x.parquet.1.draft'), 'PAR1 and no more');
  expect((await store.read({ table: 'cost_metrics' })).rows).toStrictEqual([]);
  expect((await readdir(join(folder, 'resource_metrics'))).toSorted()).toStrictEqual([`${'a'.repeat(64)}.parquet`]);
  await rm(folder, { recursive: true, force: true });
});
