/*
 * What a session leaves behind in a process that stays: heap over hundreds of sessions in one host with agents of every role, as `serve` opens it,
 * and bytes in its data file. Run with --expose-gc (`pnpm bench` does).
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSessionHost, readConfig } from '@infrafabric/runtime';
import { record } from './record.ts';

/** Issue "Nothing lost, nothing twice" and its notes: what a session may leave behind. */
const BAR = { heapKb: 1, stateKb: 50 };

const SESSIONS = Number(process.env['BENCH_SESSIONS'] ?? 200);
/** Until here caches fill and code is compiled. */
const WARM_UP = 40;
const EACH = 20;
const BILL_LINES = 40;

const home = mkdtempSync(join(tmpdir(), 'infrafabric-sessions-'));
const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home, LOG_LEVEL: 'error' } });
const host = await openSessionHost(config, { log: () => undefined });
const bill = readFileSync(resolve(import.meta.dirname, '../../examples/demo/bill.csv'), 'utf8').split('\n');
const bytes = Buffer.from(`${bill.slice(0, BILL_LINES).join('\n')}\n`);
const sha256 = createHash('sha256').update(bytes).digest('hex');
await host.uploads.keep(sha256, [bytes].values() as never);

let tasks = 0;
const points: { readonly sessions: number; readonly heapKb: number; readonly rssMb: number }[] = [];
for (let n = 1; n <= WARM_UP + SESSIONS; n += 1) {
  await runOne();
  if (n >= WARM_UP && (n - WARM_UP) % EACH === 0) points.push(await point(n - WARM_UP));
}
await host.close();
const left = sizes();
rmSync(home, { recursive: true });

const what = `a session of ${tasks} tasks, over ${SESSIONS}`;
record([
  { what: `${what}: heap it leaves behind`, value: slope(points), unit: 'KB', limit: BAR.heapKb, places: 2 },
  {
    what: `${what}: state in the table`,
    value: left.items / (WARM_UP + SESSIONS) / 1024,
    unit: 'KB',
    limit: BAR.stateKb,
    places: 1,
  },
  { what: `${what}: its own blobs`, value: left.objects / (WARM_UP + SESSIONS) / 1024, unit: 'KB', places: 1 },
  { what: `${what}: messages left in queues`, value: left.messages, unit: 'messages', limit: 1 },
]);
console.log(
  points
    .map(({ sessions, heapKb, rssMb }) => `${sessions}: ${heapKb.toFixed(0)} KB, RSS ${rssMb.toFixed(0)} MB`)
    .join('; '),
);

async function runOne(): Promise<void> {
  const { session_id } = await host.start({ bills: [{ sha256, name: 'bill.csv' }], asOf: '2026-11-20' });
  for (;;) {
    const { session, tasks: all } = await host.show(session_id);
    if (/^(DONE|DONE_WITH_GAPS)$/.test(session.state)) return void (tasks = all.length);
    if (/^(FAILED|CANCELLED)$/.test(session.state))
      throw new Error(`expected a session to be done, got ${session.state}`);
    await sleep(20);
  }
}

async function point(sessions: number): Promise<(typeof points)[number]> {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await sleep(50);
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { sessions, heapKb: heapUsed / 1024, rssMb: rss / 1024 / 1024 };
}

/** Bytes of items and of the blobs of sessions, and the number of messages, as the data file of the embedded AWS holds them. */
function sizes(): { readonly items: number; readonly objects: number; readonly messages: number } {
  const file = new DatabaseSync(join(home, 'aws.db'), { readOnly: true });
  const one = (sql: string): number => Number(file.prepare(sql).get()?.['value'] ?? 0);
  const all = {
    items: one('SELECT sum(size) AS value FROM item'),
    objects: one("SELECT sum(size) AS value FROM object WHERE key LIKE 't/%/s/%'"),
    messages: one('SELECT count(*) AS value FROM message'),
  };
  file.close();
  return all;
}

/** KB a session, by least squares. */
function slope(all: typeof points): number {
  const middle = (of: (one: (typeof all)[number]) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const [x, y] = [middle(({ sessions }) => sessions), middle(({ heapKb }) => heapKb)];
  const up = all.reduce((sum, { sessions, heapKb }) => sum + (sessions - x) * (heapKb - y), 0);
  return up / all.reduce((sum, { sessions }) => sum + (sessions - x) ** 2, 0);
}
