import { evidenceId } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { testEvidenceStore, testReplayMemory, testStateStore } from '../testing/index.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryReplay } from './memory-replay.ts';
import { memoryState } from './memory-state.ts';

const close = async (): Promise<void> => {};
const clockAt = (nowMs: number) => ({ nowMs: () => nowMs, sleep: async () => {} });

testEvidenceStore('memory', async () => {
  const kept = new Map<string, Uint8Array>();
  const damage = async (hex: string, bytes: Uint8Array) => void kept.set(evidenceId(hex), bytes);
  return { store: memoryEvidence(kept), damage, close };
});

testStateStore('memory', async () => ({ store: memoryState(), close }));

testReplayMemory('memory', async () => ({ replay: memoryReplay({ clock: clockAt(0) }), close }));

test('forgets messages that can no longer be accepted', async () => {
  let nowMs = 0;
  const replay = memoryReplay({ clock: { nowMs: () => nowMs, sleep: async () => {} } });
  await replay.remember('s', 'old', 'a', 10);
  await replay.remember('s', 'young', 'a', 1_000);
  nowMs = 11;
  for (let n = 0; n < 1_024; n += 1) await replay.remember('s', `m-${n}`, 'a', 1_000);

  expect(await replay.remember('s', 'old', 'a', 10)).toBe('fresh');
  expect(await replay.remember('s', 'young', 'a', 1_000)).toBe('duplicate');
});
