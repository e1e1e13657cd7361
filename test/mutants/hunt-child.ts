import { openChance } from '../simulation/chance.ts';
import { scenarioOf } from '../simulation/scenario.ts';
import { reportOf } from '../simulation/seed-report.ts';

/** What a seed came to, as it is sent to the parent; without a violation it kept every promise. */
export interface SeedVerdict {
  readonly seed: number;
  readonly invariant?: string | undefined;
  readonly message?: string | undefined;
}

const [from = 1, to = from] = process.argv.slice(2).map(Number);

for (let seed = from; seed <= to; seed += 1) {
  if (isQuiet(seed)) {
    process.send?.({ seed } satisfies SeedVerdict);
    continue;
  }
  const { violations } = await reportOf(seed, {});
  const [first] = violations;
  const verdict: SeedVerdict = { seed, invariant: first?.invariant, message: first?.message.slice(0, 200) };
  process.send?.(verdict);
}
process.disconnect?.();

/** Nothing goes wrong in some seeds: no safeguard is needed there. */
function isQuiet(seed: number): boolean {
  return scenarioOf(seed, openChance(seed)).intensity === 0;
}
