import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, SessionId } from '@infrafabric/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RuntimeError } from '../errors.ts';
import { keepCollectionSchedule } from './collection-schedule.ts';
import { openSchedules } from './schedules.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-schedules-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const AT_0130 = Date.UTC(2026, 10, 20, 1, 30);
const MINUTE_MS = 60_000;

/** A clock that stands still until it is moved; a sleep ends when it is moved. */
function stoodClock(nowMs: number) {
  let now = nowMs;
  let moved = Promise.withResolvers<void>();
  const clock: Clock = {
    nowMs: () => now,
    sleep: async (_, signal) =>
      Promise.race([
        moved.promise,
        new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
      ]),
  };
  return {
    clock,
    /** Moves on and lets what is due be started. */
    pass: async (ms: number): Promise<void> => {
      now += ms;
      const { resolve } = moved;
      moved = Promise.withResolvers();
      resolve();
      await new Promise((done) => setImmediate(done));
    },
  };
}

/** Schedules on that clock; what they start is over when `over` holds it. */
function opened(startError?: Error) {
  const time = stoodClock(AT_0130);
  const stop = new AbortController();
  const started: { readonly asked: object; readonly key: string | undefined }[] = [];
  const over = new Set<string>();
  const schedules = openSchedules(folder, {
    clock: time.clock,
    start: async (asked, key) => {
      if (startError !== undefined) throw startError;
      started.push({ asked, key });
      const session_id: SessionId = `s-01936f2a-7c00-7000-8000-00000000000${started.length}`;
      const made = { started_at: '', as_of: '', deadline: '', abandoned: false, holder: 'nobody', code: null } as const;
      return { session_id, state: 'CREATED', ...made };
    },
    isOver: async (id) => over.has(id),
    signal: stop.signal,
    log: () => undefined,
  });
  const end = async (): Promise<void> => {
    stop.abort();
    await schedules.ended;
  };
  return { ...time, schedules, started, over, end };
}

const NIGHTLY = { cron: '0 2 * * *', asked: { demo: true } };

test('an analysis is started when it is due, once, under a key that names the time', async () => {
  const { schedules, started, pass, end } = opened();
  expect(schedules.put('nightly', NIGHTLY)).toStrictEqual({ fresh: true });
  expect(schedules.list()).toStrictEqual([
    { name: 'nightly', ...NIGHTLY, last_run: null, next_run: '2026-11-20T02:00:00.000Z' },
  ]);

  await pass(29 * MINUTE_MS);
  expect(started).toStrictEqual([]);
  await pass(MINUTE_MS);
  await pass(MINUTE_MS);

  expect(started).toStrictEqual([{ asked: { demo: true }, key: 'schedule nightly 2026-11-20T02:00:00.000Z' }]);
  expect(schedules.list()).toMatchObject([
    {
      last_run: { due: '2026-11-20T02:00:00.000Z', session_id: 's-01936f2a-7c00-7000-8000-000000000001', code: null },
      next_run: '2026-11-21T02:00:00.000Z',
    },
  ]);
  await end();
});

test('a due time is skipped while the last session runs, and taken when it is over', async () => {
  const { schedules, started, over, pass, end } = opened();
  schedules.put('hourly', { cron: '0 * * * *', asked: { demo: true } });
  await pass(30 * MINUTE_MS);
  await pass(60 * MINUTE_MS);
  expect(started).toHaveLength(1);
  expect(schedules.list()[0]?.last_run).toMatchObject({ due: '2026-11-20T03:00:00.000Z', code: 'SCHEDULE_OVERLAP' });

  over.add('s-01936f2a-7c00-7000-8000-000000000001');
  await pass(60 * MINUTE_MS);

  expect(started.map(({ key }) => key)).toStrictEqual([
    'schedule hourly 2026-11-20T02:00:00.000Z',
    'schedule hourly 2026-11-20T04:00:00.000Z',
  ]);
  await end();
});

test('what was due while the machine slept is started once', async () => {
  const { schedules, started, pass, end } = opened();
  schedules.put('hourly', { cron: '0 * * * *', asked: { demo: true } });
  await pass(5 * 60 * MINUTE_MS);

  expect(started).toHaveLength(1);
  await end();
});

test('a start that is refused leaves its code', async () => {
  const { schedules, pass, end } = opened(new RuntimeError('SESSION_LIMIT', { message: 'too many' }));
  schedules.put('nightly', NIGHTLY);
  await pass(30 * MINUTE_MS);

  expect(schedules.list()[0]?.last_run).toStrictEqual({
    due: '2026-11-20T02:00:00.000Z',
    session_id: null,
    code: 'SESSION_LIMIT',
  });
  await end();
});

test('schedules are kept in a private file, replaced and removed', async () => {
  const first = opened();
  first.schedules.put('nightly', NIGHTLY);
  await first.end();
  const { schedules, end } = opened();

  expect(schedules.list().map(({ name }) => name)).toStrictEqual(['nightly']);
  expect(statSync(join(folder, 'schedules.json')).mode & 0o777).toBe(0o600);
  expect(schedules.put('nightly', { ...NIGHTLY, cron: '0 3 * * *' })).toStrictEqual({ fresh: false });
  expect([schedules.remove('nightly'), schedules.remove('nightly')]).toStrictEqual([true, false]);
  expect(JSON.parse(readFileSync(join(folder, 'schedules.json'), 'utf8'))).toStrictEqual({ schedules: [] });
  await end();
});

test('the schedule of the setting follows the setting, keeps its history while that stays, and leaves others alone', async () => {
  const { schedules, started, pass, end } = opened();
  schedules.put('nightly', { cron: '0 5 * * *', asked: { demo: true } });
  const crons = (): string[][] => schedules.list().map(({ name, cron }) => [name, cron]);

  keepCollectionSchedule(schedules, '0 2 * * *');
  await pass(30 * MINUTE_MS);
  keepCollectionSchedule(schedules, '0 2 * * *');
  expect(started.map(({ asked }) => asked)).toStrictEqual([{ live: {} }]);
  expect(schedules.list()[0]?.last_run?.due).toBe('2026-11-20T02:00:00.000Z');

  keepCollectionSchedule(schedules, '0 3 * * *');
  expect(crons()).toStrictEqual([
    ['AWS_COLLECTION_SCHEDULE', '0 3 * * *'],
    ['nightly', '0 5 * * *'],
  ]);
  keepCollectionSchedule(schedules, '');
  expect(crons()).toStrictEqual([['nightly', '0 5 * * *']]);
  await end();
});

test.each(['', 'x', '0 2 * *', '* * * * * *', '61 * * * *', '0 0 30 2 *', '@daily', '2026-11-20T02:00:00'])(
  'the pattern %j is refused',
  async (cron) => {
    const { schedules, end } = opened();

    expect(() => schedules.put('a', { cron, asked: {} })).toThrow(
      expect.objectContaining({ code: 'SCHEDULE_INVALID' }),
    );
    await end();
  },
);

test('a damaged file is refused when it is opened', () => {
  writeFileSync(join(folder, 'schedules.json'), '{"schedules":[{}]}');

  expect(() => opened()).toThrow(expect.objectContaining({ code: 'SCHEDULES_UNREADABLE' }));
});
