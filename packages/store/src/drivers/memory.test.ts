import { evidenceId, replayMemory } from '@infrafabric/protocol';
import { testDeadLetters, testEvidenceStore, testLedger, testReplayMemory, testStateStore } from '../testing/suites.ts';
import { memoryDeadLetters } from './memory-dead-letters.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryState } from './memory-state.ts';

const close = async (): Promise<void> => {};

testEvidenceStore('memory', async () => {
  const kept = new Map<string, Uint8Array>();
  const damage = async (hex: string, bytes: Uint8Array) => void kept.set(evidenceId(hex), bytes);
  return { store: memoryEvidence(kept), damage, close };
});

testStateStore('memory', async () => ({ store: memoryState(), close }));

testDeadLetters('memory', async () => {
  const clock = { at: 0 };
  return { letters: memoryDeadLetters({ nowMs: () => clock.at }, 14 * 86_400_000), clock, close };
});

testLedger('memory', async () => ({ ledger: memoryLedger(), close }));

testReplayMemory('one process', async () => ({ replay: replayMemory({ nowMs: () => 0 }), close }));
