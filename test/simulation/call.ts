import type { InfraFabricError } from '@infrafabric/protocol';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** One call of a process on something outside of it. */
export interface Call<T> {
  /** Where it is made, as crash points are named: `task.lease`, `blob.put`. */
  readonly point: string;
  /** What it does, at once, where it arrives; told whether the caller will hear of it. */
  readonly effect: (isTold: boolean) => T | Promise<T>;
  /** Hears that the request never arrived, where that is something to write down. */
  readonly onLost?: () => void;
  /** What is thrown when nobody knows whether it was done; without it the call never fails that way. */
  readonly unavailable?: () => InfraFabricError;
  /** Whether a client may repeat it by itself after a lost answer, and give the answer of the repetition. */
  readonly isRepeated?: boolean;
}

/** What becomes of a call on its way. */
type Fate = 'done' | 'lost' | 'unanswered' | 'repeated';

/** Answers of a store take 2 to 40 ms to come, and requests as long to go. */
const SLOWEST_MS = 20;

/** A caller that gets no answer gives up after this long. */
const TIMEOUT_MS = 1_000;

/**
 * Makes a call: its request travels, it is done, its answer travels. The process may be killed before and after it; a request
 * that is under way when its process dies arrives or not.
 */
export function call<T>(
  process: Process,
  world: World,
  { point, effect, unavailable, isRepeated, onLost }: Call<T>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const { chance, clock } = world;
  const site = `${process.name} ${point}`;
  const answer = (waitMs: number, give: () => void): void => void process.after(waitMs + latency(), give);
  const latency = (): number => 1 + chance.real(`${site} latency`) * SLOWEST_MS;
  const arrive = async (fate: Fate): Promise<void> => {
    if (!process.isAlive() && chance.fault('dies with its process', site, 0.5)) return;
    if (fate === 'lost') {
      onLost?.();
      return answer(TIMEOUT_MS, () => reject(unavailable?.()));
    }
    const first = await outcomeOf(async () => effect(fate === 'done' && process.isAlive()));
    const given = fate === 'repeated' ? await outcomeOf(async () => effect(true)) : first;
    if (!process.isAlive() || world.crashes(process, `${point}.after`)) return;
    if (fate === 'unanswered') return answer(TIMEOUT_MS, () => reject(unavailable?.()));
    answer(0, () => ('error' in given ? reject(given.error) : resolve(given.value)));
  };
  if (!process.isAlive() || world.crashes(process, `${point}.before`)) return promise;
  const fate = fateOf(site, world, { canFail: unavailable !== undefined, isRepeated: isRepeated === true });
  clock.after(latency(), () => void arrive(fate));
  return promise;
}

function fateOf(
  site: string,
  { rate, chance }: World,
  { canFail, isRepeated }: { readonly canFail: boolean; readonly isRepeated: boolean },
): Fate {
  if (!canFail || !chance.fault('unknown outcome', site, rate.unknownOutcome)) return 'done';
  const kinds: readonly Fate[] = isRepeated ? ['lost', 'unanswered', 'repeated'] : ['lost', 'unanswered'];
  return chance.pick(`${site} fate`, kinds);
}

async function outcomeOf<T>(
  effect: () => T | Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await effect() };
  } catch (error) {
    return { error };
  }
}
