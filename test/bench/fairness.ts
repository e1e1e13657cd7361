/* How long sessions of 10 tasks take while one of 10,000 runs beside them, against the same on an idle swarm; one process, embedded AWS. */
import { setTimeout as sleep } from 'node:timers/promises';
import { record } from './record.ts';
import { percentile } from './swarm/cost.ts';
import { withSwarm } from './swarm/ours.ts';

/** Issue "Nothing lost, nothing twice": a large session delays the p95 of small ones by no more. */
const BAR = 2;

const LARGE = 10_000;
const SMALL = 10;
const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 40);

/** Tasks that wait, as those that read evidence do, and tasks that do nothing, with which the processor is full. */
for (const taskMs of [20, 0]) await measure(taskMs);

async function measure(taskMs: number): Promise<void> {
  const perform = async () => {
    if (taskMs > 0) await sleep(taskMs);
    return { kind: 'index' as const, entries: [], accounts: [], unused: [] };
  };
  const { idle, beside } = await withSwarm(
    async (swarm) => {
      const small = async (): Promise<number> => {
        const session = await swarm.create(SMALL);
        const start = performance.now();
        await swarm.run(session);
        return performance.now() - start;
      };
      const some = async (): Promise<number[]> => {
        const all: number[] = [];
        while (all.length < SAMPLES) all.push(await small());
        return all;
      };
      await some();
      const undisturbed = await some();
      const large = swarm.run(await swarm.create(LARGE)).catch(() => 'stopped');
      const first = await small();
      const disturbed = await some();
      console.log(`the first session of ${SMALL}, while the large one is planned and sent: ${first.toFixed(0)} ms`);
      const isOver = await Promise.race([large.then(() => true), sleep(0, false)]);
      if (isOver) throw new Error(`expected the session of ${LARGE} to be still at work`);
      return { idle: undisturbed, beside: disturbed };
    },
    { perform },
  );
  const what = `sessions of ${SMALL} tasks of ${taskMs} ms`;
  const [before, after] = [percentile(idle, 0.95), percentile(beside, 0.95)];
  const middle = `p50 ${percentile(idle, 0.5).toFixed(0)} and ${percentile(beside, 0.5).toFixed(0)} ms`;
  record([
    { what: `${what}: p95, idle`, value: before, unit: 'ms' },
    { what: `${what}: p95 beside one of ${LARGE} (${middle})`, value: after, unit: 'ms', limit: BAR * before },
  ]);
}
