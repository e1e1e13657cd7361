/*
 * What a signed, durable task costs in a swarm on the embedded AWS, in one interleaved run with the raw floor and with BullMQ where there is a
 * redis-server. `node test/bench/swarm.ts 10000` runs one swarm alone, with the flags that `./infrafabric` gives Node, and prints milliseconds a
 * task (wall, processor) and its peak memory in MB.
 */
import { spawnSync } from 'node:child_process';
import { type Measured, median, record } from './record.ts';
import type { BullmqPeer } from './swarm/bullmq.ts';
import { type Cost, costOf, percentile } from './swarm/cost.ts';
import { rawFloor } from './swarm/floor.ts';
import { roundTrips, stepsInSequence, swarmOf } from './swarm/ours.ts';
import { PEERS, PEERS_MEASURED_ON } from './swarm/peers.ts';

/** DESIGN 12; the stretch is what the cheapest peer that keeps its own log needs. Round trip and step: the same peer. */
const BAR = { usATask: 1_300, stretchUs: 650, flat: 1.2, rssMb: 300, tripP50Ms: 2, tripP99Ms: 8, stepMs: 0.7 };

/** As `./infrafabric` starts Node. */
const NODE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=50'];

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const LARGEST = 10_000;

const [, , alone] = process.argv;
if (alone === undefined) await compare();
else if (process.execArgv.includes(NODE_FLAGS[0] ?? '')) await runAlone(Number(alone));
else {
  const { wallMs, cpuMs, rssMb } = inOwnProcess(Number(alone));
  console.log([wallMs, cpuMs, rssMb].join(' '));
}

async function compare(): Promise<void> {
  const peers = await openPeers();
  const costs = new Map<string, Cost[]>();
  const pass = async (name: string, tasks: number, run: () => Promise<Cost>): Promise<void> => {
    const { wallMs, cpuMs } = await run();
    costs.set(name, [...(costs.get(name) ?? []), { wallMs: wallMs / tasks, cpuMs: cpuMs / tasks }]);
  };
  await swarmOf(1_000);
  for (let round = 0; round < ROUNDS; round += 1) {
    await pass('raw floor of 100', 100, () => costOf(async () => rawFloor(100)));
    await pass('swarm of 100', 100, () => swarmOf(100));
    await pass('swarm of 1000', 1_000, () => swarmOf(1_000));
    for (const [name, peer] of peers) await pass(`${name}, flow of 100`, 100, () => peer.flowOf(100));
  }
  for (const peer of peers.values()) await peer.close();
  tell(costs);
  await tellSingles();
}

/** What the peers need is loaded here, so that a swarm that runs alone has none of it in its memory. */
async function openPeers(): Promise<Map<string, BullmqPeer>> {
  const [{ NO_REDIS }, { openBullmq }] = await Promise.all([
    import('@infrafabric/collect/testing'),
    import('./swarm/bullmq.ts'),
  ]);
  if (NO_REDIS !== '') {
    console.log(`BullMQ is not measured${NO_REDIS}`);
    return new Map();
  }
  const modes = ['everysec', 'always'] as const;
  const opened = await Promise.all(modes.map(async (mode) => openBullmq(mode)));
  return new Map(modes.flatMap((mode, at) => (opened[at] === undefined ? [] : [[nameOf(mode), opened[at]]])));
}

function nameOf(mode: string): string {
  return `peer BullMQ, unsigned, appendfsync ${mode}`;
}

function tell(costs: ReadonlyMap<string, Cost[]>): void {
  const [floor, hundred] = ['raw floor of 100', 'swarm of 100'].map((name) => middleOf(costs.get(name)));
  const largest = inOwnProcess(LARGEST);
  const rows: Measured[] = [...costs].flatMap(([name, all]) => {
    const limit = name.startsWith('swarm') ? BAR.usATask : undefined;
    const spread = `(${us(Math.min(...all.map(wallOf)))}-${us(Math.max(...all.map(wallOf)))})`;
    const { wallMs, cpuMs } = middleOf(all);
    return [
      { what: `${name}: wall ${spread}`, value: wallMs * 1_000, unit: 'us a task', limit },
      { what: `${name}: processor`, value: cpuMs * 1_000, unit: 'us a task', limit },
    ];
  });
  const ratio = (what: string, value: number, limit?: number): Measured => ({
    what,
    value,
    unit: 'x',
    limit,
    places: 2,
  });
  record([
    ...rows,
    { what: `swarm of ${LARGEST}: wall`, value: largest.wallMs * 1_000, unit: 'us a task', limit: BAR.usATask },
    { what: `swarm of ${LARGEST}: processor`, value: largest.cpuMs * 1_000, unit: 'us a task', limit: BAR.usATask },
    ratio(`a task of ${LARGEST} to one of 100: wall`, largest.wallMs / (hundred?.wallMs ?? 0), BAR.flat),
    ratio(`a task of ${LARGEST} to one of 100: processor`, largest.cpuMs / (hundred?.cpuMs ?? 0), BAR.flat),
    { what: `swarm of ${LARGEST}: peak RSS`, value: largest.rssMb, unit: 'MB', limit: BAR.rssMb },
    ratio('a task of 100 to the raw floor: processor', (hundred?.cpuMs ?? 0) / (floor?.cpuMs ?? 0)),
    ratio('a task of 100 to the stretch: processor', ((hundred?.cpuMs ?? 0) * 1_000) / BAR.stretchUs),
  ]);
  tellPeers();
}

function tellPeers(): void {
  console.log(
    '\nOurs: each message signed and verified, state and queue in SQLite, WAL, synced before each acknowledgement (group commit).',
  );
  console.log(
    `Others, none of them signed, measured earlier (${PEERS_MEASURED_ON}, a machine of 2 cores, Node 20 and 24):`,
  );
  for (const { name, keeps, usATask, flatness = '-' } of PEERS) {
    console.log(
      `${String(usATask).padStart(6)} us a task  ${name}; keeps: ${keeps}; a task of 10,000 to one of 100: ${flatness}`,
    );
  }
}

async function tellSingles(): Promise<void> {
  const trips = await roundTrips(200);
  const steps = await stepsInSequence(100);
  record([
    { what: 'round trip of a task, p50', value: percentile(trips, 0.5), unit: 'ms', limit: BAR.tripP50Ms, places: 2 },
    { what: 'round trip of a task, p99', value: percentile(trips, 0.99), unit: 'ms', limit: BAR.tripP99Ms, places: 2 },
    { what: 'tasks in sequence: wall', value: steps.wallMs / 100, unit: 'ms each', limit: BAR.stepMs, places: 2 },
    { what: 'tasks in sequence: processor', value: steps.cpuMs / 100, unit: 'ms each', limit: BAR.stepMs, places: 2 },
  ]);
}

function wallOf({ wallMs }: Cost): number {
  return wallMs;
}

function us(ms: number): string {
  return (ms * 1_000).toFixed(0);
}

function middleOf(all: readonly Cost[] = []): Cost {
  return { wallMs: median(all.map(wallOf)), cpuMs: median(all.map(({ cpuMs }) => cpuMs)) };
}

/** The cost of a task, and the peak memory, of one swarm in a process that does nothing else. */
function inOwnProcess(tasks: number): Cost & { readonly rssMb: number } {
  const child = [...NODE_FLAGS, import.meta.filename, String(tasks)];
  const { status, stdout } = spawnSync(process.execPath, child, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`expected a swarm of ${tasks}, got status ${status}`);
  const [wallMs = 0, cpuMs = 0, rssMb = 0] = stdout.trim().split(' ').map(Number);
  return { wallMs, cpuMs, rssMb };
}

async function runAlone(tasks: number): Promise<void> {
  const { wallMs, cpuMs } = await swarmOf(tasks);
  console.log([wallMs / tasks, cpuMs / tasks, process.resourceUsage().maxRSS / 1024].join(' '));
}
