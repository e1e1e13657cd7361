import type { SessionRecord, StateStore, TaskRecord } from '@infrafabric/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinedPages } from './joined-pages.ts';
import { sessionIdOf, sessionRecord, taskRecord } from './records.ts';
import { testStateRaces } from './state-races.ts';

/** A store under test. */
export interface StateHarness {
  readonly store: StateStore;
  /** Lets the next write happen and loses its first answer; absent when answers cannot be lost. */
  readonly loseNextAnswer?: () => void;
  close(): Promise<void>;
}

/** What every state driver promises. `make` opens an empty store; `undecidedRaces` says why races are decided by chance there. */
export function testStateStore(name: string, make: () => Promise<StateHarness>, undecidedRaces = ''): void {
  describe(`state in ${name}`, () => {
    let harness: StateHarness;
    let store: StateStore;
    let sessions = 0;
    beforeAll(async () => {
      harness = await make();
      store = harness.store;
    });
    afterAll(async () => harness.close());
    const newSession = (): string => sessionIdOf((sessions += 1));

    const newTask = async (over: Partial<TaskRecord> = {}): Promise<TaskRecord> => {
      const record = taskRecord({ session_id: newSession(), ...over });
      await store.createTask(record);
      return record;
    };

    test('gives back a session as it was created', async () => {
      const record = sessionRecord({ session_id: newSession(), cancel: false, owner: 'c-1' });

      expect(await store.createSession(record)).toBe(true);
      expect(await store.session(record.session_id)).toStrictEqual(record);
    });

    test('answers undefined for what nobody created', async () => {
      const session = newSession();

      expect(await store.session(session)).toBeUndefined();
      expect(await store.task(session, 'pricing/ebs/x/0')).toBeUndefined();
      expect(await store.tasks(session)).toStrictEqual([]);
      expect(await store.changeSession(session, { expect: {}, set: { tick: 1 } })).toBeUndefined();
      expect(await store.changeTask(session, 'pricing/ebs/x/0', { expect: { owner: { absent: true } } })).toBe(
        undefined,
      );
      expect(await store.session(session)).toBeUndefined();
    });

    test('creates once, recognises the same record again and refuses another', async () => {
      const record = await newTask();
      const other = { ...record, request_wire: '{"other":1}' };

      expect(await store.createTask(record)).toBe(true);
      expect(await store.createTask(other)).toBe(false);
      expect(await store.task(record.session_id, record.task_id)).toStrictEqual(record);

      const session = sessionRecord({ session_id: record.session_id });
      expect(await store.createSession(session)).toBe(true);
      expect(await store.createSession(session)).toBe(true);
      expect(await store.createSession({ ...session, deadline_ms: 1 })).toBe(false);
      expect(await store.session(record.session_id)).toStrictEqual(session);
    });

    test('sets, adds and removes in one step and answers with all of the new item', async () => {
      const record = await newTask({ fence: 3, owner: 'w-1', obs: { tick: 1, seen: 'a' } });

      const changed = await store.changeTask(record.session_id, record.task_id, {
        expect: { state: 'DISPATCHED', fence: 3 },
        set: { state: 'LEASED', obs: { tick: 2, seen: 'b' }, boot_id: 'boot-1' },
        add: { fence: 1, attempt: 1 },
        remove: ['owner'],
      });

      const { owner: _, ...kept } = record;
      const expected = {
        ...kept,
        state: 'LEASED',
        fence: 4,
        attempt: 1,
        obs: { tick: 2, seen: 'b' },
        boot_id: 'boot-1',
      };
      expect(changed).toStrictEqual(expected);
      expect(await store.task(record.session_id, record.task_id)).toStrictEqual(expected);
    });

    test('changes nothing when one of several conditions does not hold', async () => {
      const record = await newTask({ fence: 3 });

      const change = { expect: { state: 'DISPATCHED', fence: 4 }, set: { state: 'DONE' }, add: { hb: 1 } } as const;
      expect(await store.changeTask(record.session_id, record.task_id, change)).toBeUndefined();
      expect(await store.task(record.session_id, record.task_id)).toStrictEqual(record);
    });

    const conditions: [what: string, expect: Parameters<StateStore['changeTask']>[2]['expect'], holds: boolean][] = [
      ['an equal word', { state: 'DISPATCHED' }, true],
      ['another word', { state: 'LEASED' }, false],
      ['an equal number', { fence: 3 }, true],
      ['another number', { fence: 2 }, false],
      ['one of several', { state: { in: ['DISPATCHED', 'LEASED'] } }, true],
      ['none of several', { state: { in: ['DONE', 'FAILED', 'CANCELLED'] } }, false],
      ['one of several numbers', { fence: { in: [1, 3] } }, true],
      ['none of no values', { fence: { in: [] } }, false],
      ['a number below the bound', { attempt: { below: 3 } }, true],
      ['a number at the bound', { attempt: { below: 2 } }, false],
      ['a bound on an absent attribute', { owner: { below: 9 } }, false],
      ['an absent attribute', { owner: { absent: true } }, true],
      ['an attribute that is there', { fence: { absent: true } }, false],
      ['an equal word for an absent attribute', { owner: 'w-1' }, false],
      ['one of several for an absent attribute', { owner: { in: ['w-1'] } }, false],
      ['no condition at all', {}, true],
    ];
    test.each(conditions)('judges %s', async (_what, expected, holds) => {
      const record = await newTask({ fence: 3, attempt: 2 });

      const changed = await store.changeTask(record.session_id, record.task_id, { expect: expected, add: { hb: 1 } });
      expect(changed).toStrictEqual(holds ? { ...record, hb: 1 } : undefined);
    });

    test('compares a flag', async () => {
      const record = sessionRecord({ session_id: newSession(), cancel: true });
      await store.createSession(record);

      const onlyCancelled = { expect: { cancel: true }, add: { tick: 1 } } as const;
      expect(await store.changeSession(record.session_id, onlyCancelled)).toStrictEqual({ ...record, tick: 1 });
      expect(await store.changeSession(record.session_id, { expect: { cancel: false } })).toBeUndefined();
    });

    test('treats a change without an effect as a question', async () => {
      const record = await newTask();

      expect(await store.changeTask(record.session_id, record.task_id, { expect: { fence: 0 } })).toStrictEqual(record);
    });

    testStateRaces(() => store, newSession, undecidedRaces);

    test('carries a result and two wires of 64 KiB inline', async () => {
      const big = 'x'.repeat(65_536);
      const record = await newTask({ request_wire: big });
      const done = { state: 'DONE', result: big, answer_wire: big, result_sha256: `sha256:${'0'.repeat(64)}` } as const;

      await store.changeTask(record.session_id, record.task_id, { expect: { fence: 0 }, set: done });
      expect(await store.task(record.session_id, record.task_id)).toStrictEqual({ ...record, ...done });
    });

    test('lists all tasks of one session by task id, over as many pages as it takes', async () => {
      const session_id = newSession();
      const made = Array.from({ length: 30 }, (_, n) =>
        taskRecord({ session_id, task_id: `pricing/ebs/r/${29 - n}`, request_wire: 'y'.repeat(60_000), attempt: n }),
      );
      await Promise.all(made.map(async (record) => store.createTask(record)));
      await newTask();

      const names = made.map(({ task_id }) => task_id).sort();
      expect((await store.tasks(session_id)).map(({ task_id }) => task_id)).toStrictEqual(names);
      expect((await store.taskStatuses(session_id)).map(({ task_id }) => task_id)).toStrictEqual(names);
      expect(await joinedPages(store.taskPages(session_id))).toStrictEqual(await store.tasks(session_id));
      expect(await joinedPages(store.statusPages(session_id))).toStrictEqual(await store.taskStatuses(session_id));
    });

    test('shows the light view without wires and results', async () => {
      const record = await newTask({ result: 'r', answer_wire: 'a', owner: 'w-1', obs: { tick: 4, seen: 'x' } });

      expect(await store.taskStatuses(record.session_id)).toStrictEqual([
        {
          task_id: record.task_id,
          role: 'pricing',
          phase: 'analysis',
          state: 'DISPATCHED',
          dispatch: 1,
          fence: 0,
          attempt: 0,
          hb: 0,
          owner: 'w-1',
          obs: { tick: 4, seen: 'x' },
        },
      ]);
    });

    test('hands out copies', async () => {
      const record = await newTask({ obs: { tick: 1, seen: 'a' } });
      const copy = await store.task(record.session_id, record.task_id);
      Reflect.set(copy?.obs ?? {}, 'tick', 99);

      expect(await store.task(record.session_id, record.task_id)).toStrictEqual(record);
    });

    test.skipIf(name === 'memory')(
      'recognises its own update when the answer was lost (memory loses none)',
      async () => {
        const record = await newTask();

        harness.loseNextAnswer?.();
        const changed = await store.changeTask(record.session_id, record.task_id, {
          expect: { fence: 0 },
          set: { owner: 'w-1' },
          add: { fence: 1 },
        });

        const expected = { ...record, owner: 'w-1', fence: 1 };
        expect(changed).toStrictEqual(expected);
        expect(await store.task(record.session_id, record.task_id)).toStrictEqual(expected);
      },
    );

    test.skipIf(name === 'memory')(
      'recognises its own creation when the answer was lost (memory loses none)',
      async () => {
        const record = taskRecord({ session_id: newSession() });

        harness.loseNextAnswer?.();
        expect(await store.createTask(record)).toBe(true);
      },
    );
  });

  test(`state in ${name} lists sessions newest first`, async () => {
    const harness = await make();
    const made: SessionRecord[] = [3, 1, 120, 2].map((n) => sessionRecord({ session_id: sessionIdOf(n), tick: n }));
    for (const record of made) await harness.store.createSession(record);

    expect((await harness.store.sessions()).map(({ tick }) => tick)).toStrictEqual([120, 3, 2, 1]);
    await harness.close();
  });

  test(`state in ${name} lists the open sessions alone, also one that was seen open before`, async () => {
    const harness = await make();
    for (const n of [1, 2, 3])
      await harness.store.createSession(sessionRecord({ session_id: sessionIdOf(n), tick: n }));
    const open = async () => (await harness.store.sessions({ onlyOpen: true })).map(({ tick }) => tick);
    const end = async (n: number) =>
      harness.store.changeSession(sessionIdOf(n), { expect: { tick: n }, set: { state: 'CANCELLED' } });

    await end(2);
    expect(await open()).toStrictEqual([3, 1]);
    await end(3);
    expect(await open()).toStrictEqual([1]);
    expect((await harness.store.sessions()).map(({ tick }) => tick)).toStrictEqual([3, 2, 1]);
    await harness.close();
  });
}
