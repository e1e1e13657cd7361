/* Prints what a signed, durable task costs in a swarm on the embedded AWS, and which SDK calls it is made of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAwsLocal, type SdkRequestHandler } from '@infrafabric/aws-local';
import { embeddedSwarm } from '../src/testing/index.ts';

/** DESIGN 12: signed, durable task, embedded, swarm of 100. */
const BAR_US = 1_300;
const ROUNDS = 5;

await measure(1_000, 'warm-up');
const hundred = await median(100);
const thousand = await median(1_000);
print(`swarm of   100: ${us(hundred)} (bar: ${BAR_US})`);
print(`swarm of 1,000: ${us(thousand)}, ${(thousand.us / hundred.us).toFixed(2)} x that of 100 (bar: 1.2 x)`);
print('calls a task at 1,000, and the share of the time spent answering them:');
const total = [...thousand.calls.values()].reduce((sum, { ms }) => sum + ms, 0);
for (const [name, { count, ms }] of [...thousand.calls].toSorted(([, a], [, b]) => b.ms - a.ms)) {
  const share = ((100 * ms) / total).toFixed(1).padStart(5);
  print(`${share} %  ${(count / 1_000).toFixed(3).padStart(6)}  ${name}`);
}

interface Measured {
  readonly us: number;
  /** Of it on a processor; the rest is waiting for the disk, or for a busy machine. */
  readonly cpuUs: number;
  readonly calls: ReadonlyMap<string, { count: number; ms: number }>;
}

async function median(tasks: number): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(tasks, `round ${round}`));
  return (
    rounds.toSorted((a, b) => a.us - b.us)[Math.floor(ROUNDS / 2)] ?? {
      us: Number.NaN,
      cpuUs: Number.NaN,
      calls: new Map(),
    }
  );
}

/** Runs one session of so many tasks, from its plan to its report. */
async function measure(tasks: number, name: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-bench-'));
  const aws = openAwsLocal({ file: join(folder, 'aws.db') });
  const { handler, calls } = counting(aws.requestHandler());
  const swarm = await embeddedSwarm(handler, { name, isSdkSigned: process.env['BENCH_SIGNED'] !== undefined });
  const session = await swarm.create(tasks);
  calls.clear();
  const start = performance.now();
  const usage = process.cpuUsage();
  await swarm.run(session);
  const { user, system } = process.cpuUsage(usage);
  const ms = performance.now() - start;
  const counted = new Map(calls);
  await swarm.close();
  await aws.close();
  rmSync(folder, { recursive: true });
  return { us: (ms * 1_000) / tasks, cpuUs: (user + system) / tasks, calls: counted };
}

/** Counts and times the calls that a handler answers. */
function counting(inner: SdkRequestHandler): {
  handler: SdkRequestHandler;
  calls: Map<string, { count: number; ms: number }>;
} {
  const calls = new Map<string, { count: number; ms: number }>();
  const handler: SdkRequestHandler = {
    ...inner,
    async handle(request, options) {
      const name = nameOf(request);
      const start = performance.now();
      try {
        return await inner.handle(request, options);
      } finally {
        const one = calls.get(name) ?? { count: 0, ms: 0 };
        calls.set(name, {
          count: one.count + 1,
          ms: one.ms + (name.includes('Receive') ? 0 : performance.now() - start),
        });
      }
    },
  };
  return { handler, calls };
}

function nameOf({ headers, method, body }: Parameters<SdkRequestHandler['handle']>[0]): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.replace(/_\d+\./, '.');
  const action = typeof body === 'string' ? /Action=(\w+)/.exec(body)?.[1] : undefined;
  return action === undefined ? `S3 ${method}` : `SNS.${action}`;
}

function us({ us: wall, cpuUs }: Measured): string {
  return `${wall.toFixed(0).padStart(6)} us a task, ${cpuUs.toFixed(0)} of it processor`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
