import type { EnqueueEntry } from '@infrafabric/history-checker';
import type { Role } from '@infrafabric/protocol';
import type { World } from './world.ts';

/** Fast messages take up to this long; in whatever order. */
const FAST_MS = 50;

/** And slow ones up to this long. */
const SLOW_MS = 60_000;

/** A published message on its way to its queue: dropped, doubled, late, or damaged. */
export function travel(queue: Role, body: string, world: World): void {
  const { chance, rate } = world;
  const copies: EnqueueEntry['origin'][] = chance.fault('duplicate', queue, rate.duplicate)
    ? ['publish', 'duplicate']
    : ['publish'];
  for (const origin of copies) {
    if (chance.fault('drop', queue, rate.drop)) continue;
    const isSlow = chance.fault('delay', queue, rate.delay);
    const delayMs = chance.real(`${queue} time`) * (isSlow ? SLOW_MS : FAST_MS);
    const isCorrupt = chance.fault('corrupt', queue, rate.corrupt);
    world.queues.put(queue, isCorrupt ? corrupted(body, queue, world) : body, {
      origin: isCorrupt ? 'corrupt' : origin,
      delayMs,
    });
  }
}

/** One character is another one. */
function corrupted(body: string, queue: Role, { chance }: World): string {
  const at = chance.int(`${queue} corrupt at`, body.length);
  const code = 32 + chance.int(`${queue} corrupt to`, 94);
  const other = String.fromCharCode(code === body.charCodeAt(at) ? code + 1 : code);
  return body.slice(0, at) + other + body.slice(at + 1);
}
