/* Estate directory to verified report, from the command: a generated fleet with 14 days of hourly metrics of every resource. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeEstate } from './fleet/write-estate.ts';
import { median, record } from './record.ts';

/** DESIGN 12: 10,000 resources on 2 cores, seconds and bytes. */
const BAR = { resources: 10_000, seconds: 10, megabytes: 1_000 };

const ROOT = resolve(import.meta.dirname, '../..');
const SIZES = process.env['BENCH_RESOURCES']?.split(',').map(Number) ?? [1_000, BAR.resources];
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Usage {
  readonly seconds: number;
  /** Processor time of all threads and processes, user and system. */
  readonly cpuSeconds: number;
  /** Largest resident set, added over all processes. */
  readonly megabytes: number;
  readonly findings: number;
}

const costs = SIZES.map(measure);
const [least, most] = [costs[0], costs.at(-1)];
if (least !== undefined && most !== undefined && costs.length > 1) {
  const ratio = most.usAResource / least.usAResource;
  console.log(
    `cost a resource at ${most.resources}: ${ratio.toFixed(2)} x that at ${least.resources} (processor time)`,
  );
}

function measure(resources: number): { resources: number; usAResource: number } {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-bench-'));
  try {
    const written = writeEstate(join(folder, 'estate'), resources);
    const about = `${resources} resources, ${written.series} series, ${(written.bytes / 1e6).toFixed(0)} MB`;
    const runs = Array.from({ length: resources > BAR.resources ? 1 : ROUNDS }, () => run(folder));
    const seconds = median(runs.map((one) => one.seconds));
    const cpuSeconds = median(runs.map((one) => one.cpuSeconds));
    const megabytes = median(runs.map((one) => one.megabytes));
    const scale = resources / BAR.resources;
    const limit = resources < BAR.resources ? undefined : BAR.seconds * scale;
    record([
      { what: `estate to report, ${about}: wall`, value: seconds, unit: 's', limit, places: 1 },
      { what: `estate to report, ${about}: processor`, value: cpuSeconds, unit: 's', places: 1 },
      {
        what: `estate to report, ${about}: peak RSS, all processes`,
        value: megabytes,
        unit: 'MB',
        limit: BAR.megabytes,
      },
    ]);
    console.log(`  ${runs[0]?.findings} findings; ${runs.length} runs, the median each`);
    return { resources, usAResource: (cpuSeconds * 1e6) / resources };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run of the command in a process of its own, on an empty data folder. */
function run(folder: string): Usage {
  const [home, out, usage] = ['home', 'out', 'usage'].map((name) => join(folder, name));
  for (const one of [home, out]) rmSync(one ?? '', { recursive: true, force: true });
  const preload = ['--import', join(ROOT, 'test/bench/usage.ts')];
  const command = [join(ROOT, 'apps/cli/src/main.ts'), 'analyze', '--estate', join(folder, 'estate')];
  const options = ['--as-of', '2026-11-20', '--out', out ?? '', '--format', 'html,md,csv'];
  const start = performance.now();
  const ended = spawnSync(process.execPath, [...preload, ...command, ...options], {
    encoding: 'utf8',
    env: { ...process.env, INFRAFABRIC_HOME: home, BENCH_USAGE: usage },
  });
  const seconds = (performance.now() - start) / 1000;
  if (ended.status !== 0 && ended.status !== 1) throw new Error(`exit ${ended.status}: ${ended.stderr.slice(-500)}`);
  return { seconds, ...used(folder), findings: findingsIn(out ?? '') };
}

/** What every process of the run wrote about itself at its exit. */
function used(folder: string): { cpuSeconds: number; megabytes: number } {
  const all = readdirSync(folder)
    .filter((name) => name.startsWith('usage.'))
    .map((name) => {
      const path = join(folder, name);
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(path, 'utf8'));
      rmSync(path);
      return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
    });
  return {
    cpuSeconds: all.reduce((sum, one) => sum + one.cpuSeconds, 0),
    megabytes: all.reduce((sum, one) => sum + one.megabytes, 0),
  };
}

function findingsIn(out: string): number {
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).totals.findings;
}
