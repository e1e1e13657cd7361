import type { Clock, ReplayMemory } from '@infrafabric/protocol';

/** How often the expired part of a memory is swept, in remembered messages. */
const SWEEP_EVERY = 1_024;

/** Replay memory of one process; forgets what expired. A restart forgets everything. */
export function memoryReplay({ clock }: { readonly clock: Clock }): ReplayMemory {
  const seen = new Map<string, { readonly sha256: string; readonly expiresAtMs: number }>();
  let sinceSweep = 0;

  return {
    async remember(session, messageId, wireSha256, expiresAtMs) {
      if (++sinceSweep >= SWEEP_EVERY) sinceSweep = sweep();
      const key = `${session} ${messageId}`;
      const known = seen.get(key);
      if (known !== undefined) return known.sha256 === wireSha256 ? 'duplicate' : 'reused';
      seen.set(key, { sha256: wireSha256, expiresAtMs });
      return 'fresh';
    },
  };

  function sweep(): number {
    const nowMs = clock.nowMs();
    for (const [key, { expiresAtMs }] of seen) if (expiresAtMs < nowMs) seen.delete(key);
    return 0;
  }
}
