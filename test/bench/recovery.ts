/*
 * kill -9 of a real process at 45 of 100 tasks of 50 ms, against undisturbed sessions of the same run, in mode embedded and, where there is a
 * redis-server, in mode redis. The processes are those that ship; a preload makes each task of a collector take 50 ms.
 */
import { NO_REDIS, startRedis } from '@infrafabric/collect/testing';
import { type Measured, median, record } from './record.ts';
import { type FleetRun, fleetRun, type Victim } from './recovery/fleet-run.ts';

/** DESIGN 12: seconds beyond an undisturbed session. */
const BAR_S = 0.7;

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const VICTIMS: readonly Victim[] = ['nobody', 'worker', 'only worker', 'coordinator', 'store owner'];

/** The same measured earlier on a machine of two cores (2026-11-20): from the kill to the full result, restart included. */
const PEERS = `others, measured earlier (2026-11-20, a machine of 2 cores), from the kill to the full result and finished tasks run again:
open-multi-agent 1.16 0.56 s, 0; LangGraph JS 1.4 0.66 s, 0-1; Restate 1.7 0.79 s, 0; Mastra 1.71 1.02 s, 50 of 50; DBOS 5.3 2.36 s, 5-7;
BullMQ 6.7 tuned 3.27 s, 1; BullMQ 6.7 as it comes 60 s, 0`;

await measure('embedded', {});
if (NO_REDIS === '') await measureRedis();
else console.log(`mode redis is not measured${NO_REDIS}`);
console.log(PEERS);

async function measureRedis(): Promise<void> {
  const server = await startRedis('everysec');
  await measure('redis', { INFRAFABRIC_MODE: 'redis', INFRAFABRIC_REDIS_URL: server.url }).finally(server.stop);
}

async function measure(mode: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const runs = new Map<Victim, FleetRun[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const victim of VICTIMS) {
      const prefix = `bench-${round}-${victim.replaceAll(' ', '-')}`;
      const run = await fleetRun(victim, { ...environment, INFRAFABRIC_PREFIX: prefix });
      runs.set(victim, [...(runs.get(victim) ?? []), run]);
    }
  }
  const undisturbed = runs.get('nobody') ?? [];
  const [first] = undisturbed;
  const base = median(undisturbed.map(seconds));
  record([
    { what: `${mode}: 100 tasks of 50 ms, undisturbed ${spread(undisturbed)}`, value: base, unit: 's', places: 2 },
    ...VICTIMS.slice(1).flatMap((victim) => rowsOf(`${mode}: kill -9 of the ${victim}`, runs.get(victim) ?? [], base)),
  ]);
  const differing = [...runs.values()].flat().filter(({ report }) => report !== first?.report);
  console.log(`${mode}: ${differing.length} reports differ from the undisturbed one`);
  if (differing.length > 0) process.exitCode = 1;
}

function rowsOf(what: string, runs: readonly FleetRun[], base: number): Measured[] {
  const later = median(runs.map((run) => seconds(run) - base));
  const again = Math.max(...runs.map(({ runAgain }) => runAgain));
  const extra = Math.max(...runs.map(({ extraLeases }) => extraLeases));
  return [
    { what: `${what}: later than undisturbed ${spread(runs, base)}`, value: later, unit: 's', limit: BAR_S, places: 2 },
    { what: `${what}: finished tasks run again (unfinished ones: ${extra}; bar 0)`, value: again, unit: 'tasks' },
  ];
}

function seconds({ wallMs }: FleetRun): number {
  return wallMs / 1_000;
}

function spread(runs: readonly FleetRun[], base = 0): string {
  const all = runs.map((run) => seconds(run) - base);
  return `(${Math.min(...all).toFixed(2)}-${Math.max(...all).toFixed(2)})`;
}
