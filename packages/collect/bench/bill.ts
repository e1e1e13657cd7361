/* Prints what reading a generated bill costs: daily totals and the whole reading, with DuckDB beside its bare query, and without it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { dailyTotals, readBills } from '../src/index.ts';
import { writeBill } from './generated-bill.ts';

const SEED = 20_261_120;
const ROUNDS = 3;

/** One measurement, in a process of its own so that its memory is its own. */
const ACTS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  bare: bareQuery,
  days: (path) => dailyTotals(path, 'bill'),
  whole: (path) =>
    readBills(
      { paths: [path] },
      { put: () => Promise.resolve({ id: `if://evidence/sha256/${'0'.repeat(64)}`, fresh: true }) },
    ),
};

const [act, path] = process.argv.slice(2);
if (act === undefined || path === undefined) await measureAll();
else await measure(act, path);

async function measureAll(): Promise<void> {
  const sizes = process.env['BENCH_BILL_ROWS']?.split(',').map(Number) ?? [1_000_000, 10_000_000];
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-bench-'));
  try {
    for (const rows of sizes) {
      const [parquet, csv] = [
        join(folder, `${rows}.parquet`),
        rows <= 1_000_000 ? join(folder, `${rows}.csv`) : undefined,
      ];
      await writeBill({ rows, seed: SEED }, { parquet, ...(csv === undefined ? {} : { csv }) });
      const bare = print(`${rows} rows, Parquet: bare DuckDB query`, 'bare', parquet);
      const days = print(
        `${rows} rows, Parquet: daily totals (bar: ${rows <= 1_000_000 ? 1 : 5} s, 1 GB)`,
        'days',
        parquet,
      );
      print(`${rows} rows, Parquet: read, checked, merged, reconciled, hashed`, 'whole', parquet);
      console.log(`${(days / bare).toFixed(2).padStart(8)} x the bare query`);
      if (csv === undefined) continue;
      print(`${rows} rows, CSV without DuckDB: daily totals (bar: 8 s)`, 'days', csv);
      print(`${rows} rows, CSV without DuckDB: read, checked, merged, reconciled, hashed`, 'whole', csv);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The best of some runs, for others use the machine too; seconds. */
function print(what: string, name: string, file: string): number {
  const runs = Array.from({ length: ROUNDS }, () => {
    const run = spawnSync(process.execPath, [import.meta.filename, name, file], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    const [seconds = Number.NaN, cpuSeconds = Number.NaN, megabytes = Number.NaN] = run.stdout.split(' ').map(Number);
    return { seconds, cpuSeconds, megabytes };
  });
  const best = runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  console.log(
    `${best.seconds.toFixed(2).padStart(8)} s  ${best.cpuSeconds.toFixed(2).padStart(6)} s cpu  ${best.megabytes.toFixed(0).padStart(5)} MB  ${what}`,
  );
  return best.seconds;
}

async function measure(name: string, file: string): Promise<void> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await ACTS[name]?.(file);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${seconds} ${(user + system) / 1e6} ${process.resourceUsage().maxRSS / 1024}`);
}

/** What somebody would type: floating sums, nothing checked. */
async function bareQuery(file: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '640MB' });
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(
    `SELECT "ChargePeriodStart"::DATE AS day, sum("BilledCost"), sum("EffectiveCost"), sum("ListCost"), sum("ContractedCost")
     FROM read_parquet('${file}') GROUP BY 1 ORDER BY 1`,
  );
  return answer.getRowsJS();
}
