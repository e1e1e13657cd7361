import type { ReplayMemory } from '@infrafabric/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionIdOf } from './records.ts';

/** A replay memory under test. */
export interface ReplayHarness {
  readonly replay: ReplayMemory;
  close(): Promise<void>;
}

const FAR_MS = Date.UTC(2100, 0, 1);
const WIRE = 'a'.repeat(64);
const OTHER_WIRE = 'b'.repeat(64);

/** What every replay memory promises. */
export function testReplayMemory(name: string, make: () => Promise<ReplayHarness>): void {
  describe(`replay memory in ${name}`, () => {
    let harness: ReplayHarness;
    beforeAll(async () => {
      harness = await make();
    });
    afterAll(async () => harness.close());

    test('tells a first sight from a second and from a reused id', async () => {
      const { replay } = harness;

      expect(await replay.remember(sessionIdOf(1), 'm-1', WIRE, FAR_MS)).toBe('fresh');
      expect(await replay.remember(sessionIdOf(1), 'm-1', WIRE, FAR_MS)).toBe('duplicate');
      expect(await replay.remember(sessionIdOf(1), 'm-1', OTHER_WIRE, FAR_MS)).toBe('reused');
      expect(await replay.remember(sessionIdOf(1), 'm-1', WIRE, FAR_MS)).toBe('duplicate');
    });

    test('keeps sessions and messages apart', async () => {
      const { replay } = harness;
      await replay.remember(sessionIdOf(2), 'm-1', WIRE, FAR_MS);

      expect(await replay.remember(sessionIdOf(3), 'm-1', OTHER_WIRE, FAR_MS)).toBe('fresh');
      expect(await replay.remember(sessionIdOf(2), 'm-2', OTHER_WIRE, FAR_MS)).toBe('fresh');
    });

    test('calls one of 50 racing sights the first', async () => {
      const { replay } = harness;
      const seen = await Promise.all(
        Array.from({ length: 50 }, async () => replay.remember(sessionIdOf(4), 'm-1', WIRE, FAR_MS)),
      );

      expect(seen.filter((answer) => answer === 'fresh')).toHaveLength(1);
      expect(seen.filter((answer) => answer === 'duplicate')).toHaveLength(49);
    });
  });
}
