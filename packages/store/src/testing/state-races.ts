import type { StateStore } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { taskRecord } from './records.ts';

/**
 * What a state driver promises when many write at once. `store` is the open store, `newSession` an id nobody has used.
 * `undecided` says why these hold only by chance where they are asked; they are then skipped with it.
 */
export function testStateRaces(store: () => StateStore, newSession: () => string, undecided = ''): void {
  describe.skipIf(undecided !== '')(`races${undecided === '' ? '' : ` (skipped: ${undecided})`}`, () => {
    test('lets one of 50 racing updates win', async () => {
      const record = taskRecord({ session_id: newSession() });
      await store().createTask(record);

      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, n) =>
          store().changeTask(record.session_id, record.task_id, {
            expect: { state: 'DISPATCHED' },
            set: { state: 'LEASED', owner: `w-${n}` },
            add: { fence: 1 },
          }),
        ),
      );

      const winners = answers.filter((answer) => answer !== undefined);
      expect(winners).toHaveLength(1);
      expect(winners[0]?.fence).toBe(1);
      expect(await store().task(record.session_id, record.task_id)).toStrictEqual(winners[0]);
    });

    test('lets one of 50 racing creations win', async () => {
      const session_id = newSession();
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, n) =>
          store().createTask(taskRecord({ session_id, request_wire: `${n}` })),
        ),
      );

      const winner = answers.indexOf(true);
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await store().task(session_id, taskRecord().task_id))?.request_wire).toBe(String(winner));
    });

    test('adds each of 50 racing increments', async () => {
      const record = taskRecord({ session_id: newSession() });
      await store().createTask(record);
      const beat = { expect: { state: 'DISPATCHED' }, add: { hb: 1 } } as const;
      await Promise.all(
        Array.from({ length: 50 }, async () => store().changeTask(record.session_id, record.task_id, beat)),
      );

      expect((await store().task(record.session_id, record.task_id))?.hb).toBe(50);
    });
  });
}
