import { isDocument } from '@infrafabric/agents';
import { isInfraFabricError, Role, type SessionId } from '@infrafabric/protocol';
import { type Captured, EVIL_RESULT, FORGERIES, type Loot } from './forgeries.ts';
import { tamper, TAMPERINGS } from './tampering.ts';
import { count, type World } from './world.ts';

/** An attacker tries its luck within this time. */
const WITHIN_MS = 100_000;

/** Lets an attacker loose: on the bus, with the key of one worker, and now and then with the key of the store. */
export function looseAttacker(sessions: readonly SessionId[], world: World): void {
  const { chance, rate, clock, scenario } = world;
  const stolen = chance.pick('attacker stolen', scenario.roles);
  for (let n = 0; n < rate.forged; n += 1) {
    const kind = chance.pick('attacker kind', Object.keys(FORGERIES));
    const waitMs = chance.real('attacker when') * WITHIN_MS;
    if (!chance.fault('forgery', kind, 1)) continue;
    clock.after(waitMs, () => void forge(kind, { stolen, sessions, world }));
  }
  for (let n = 0; n < rate.forged; n += 1) {
    const kind = chance.pick('tamper kind', TAMPERINGS);
    const session = chance.pick('tamper session', sessions);
    const waitMs = chance.real('tamper when') * WITHIN_MS;
    if (!chance.fault('tampering', kind, rate.tamper)) continue;
    count(world.tally.forged, `state: ${kind}`);
    clock.after(waitMs, () => void tamper(kind, session, world));
  }
}

/** Tries a kind of forgery on messages that were seen, the newest of some first, until one fits. */
async function forge(kind: string, loot: Loot): Promise<void> {
  const { chance, history, queues, tally, blobs } = loot.world;
  const seen = history.flatMap((entry): Captured[] =>
    entry.kind === 'publish' && !isDocument(entry.body) ? [{ queue: Role.parse(entry.queue), body: entry.body }] : [],
  );
  const offset = chance.int('attacker message', Math.max(1, seen.length));
  for (const captured of [...seen.slice(offset), ...seen.slice(0, offset)]) {
    const forgery = attempt(kind, captured, loot);
    if (forgery === undefined) continue;
    const { id } = await blobs.put(EVIL_RESULT);
    loot.world.record({ kind: 'blob', by: 'attacker', id, text: new TextDecoder().decode(EVIL_RESULT) });
    count(tally.forged, kind);
    queues.put(forgery.queue, forgery.body, { origin: forgery.origin, delayMs: 0 });
    return;
  }
}

/** What cannot even be sealed is no attack. */
function attempt(kind: string, captured: Captured, loot: Loot): ReturnType<NonNullable<(typeof FORGERIES)[string]>> {
  try {
    return FORGERIES[kind]?.(captured, loot);
  } catch (error) {
    if (isInfraFabricError(error)) return undefined;
    throw error;
  }
}
