import { NANO } from './usage.ts';

/** What could be covered in one hour at one price, in billionths: how much of a commitment it takes, and what it costs on demand. */
export interface Demand {
  readonly takes: bigint;
  readonly cost: bigint;
}

/** Hours of demand, in each the prices in the order a commitment covers them, and what an hour of one unit of commitment costs. */
export interface Hours {
  readonly demand: readonly (readonly Demand[])[];
  readonly unitCost: bigint;
}

/** What a commitment does over hours, in billionths: on-demand cost it covers, how much of it is used, and its own cost. */
export interface Outcome {
  readonly covered: bigint;
  readonly used: bigint;
  readonly paid: bigint;
}

/**
 * The commitment an hour that saves the most over all hours; 0 when none saves anything.
 *
 * The saving is a piecewise linear function of the commitment that bends only where the demand of some hour is met, so that the
 * best stands at one of these points: all are tried, in order, and of equals the smallest counts.
 */
export function bestCommitment({ demand, unitCost }: Hours): bigint {
  const bends: { at: bigint; change: bigint }[] = [];
  let slope = -unitCost * BigInt(demand.length);
  for (const hour of demand) {
    let [met, worth] = [0n, 0n];
    for (const { takes, cost } of hour) {
      if (takes <= 0n) continue;
      const next = (cost * NANO) / takes;
      if (met === 0n) slope += next;
      else bends.push({ at: met, change: next - worth });
      met += takes;
      worth = next;
    }
    if (met > 0n) bends.push({ at: met, change: -worth });
  }
  return highest(
    bends.toSorted((a, b) => Number(a.at > b.at) - Number(a.at < b.at)),
    slope,
  );
}

function highest(bends: readonly { at: bigint; change: bigint }[], start: bigint): bigint {
  let [slope, at, saved, best, most] = [start, 0n, 0n, 0n, 0n];
  for (const bend of bends) {
    saved += slope * (bend.at - at);
    at = bend.at;
    if (saved > most) [best, most] = [at, saved];
    slope += bend.change;
  }
  return best;
}

/** What a commitment does when only `perMille` of the demand comes. */
export function outcomeOf({ demand, unitCost }: Hours, commitment: bigint, perMille = 1000n): Outcome {
  let [covered, used] = [0n, 0n];
  for (const hour of demand) {
    let left = commitment;
    for (const { takes, cost } of hour) {
      const wanted = (takes * perMille) / 1000n;
      if (wanted <= 0n) continue;
      const given = left < wanted ? left : wanted;
      covered += (((cost * perMille) / 1000n) * given) / wanted;
      left -= given;
      if (left === 0n) break;
    }
    used += commitment - left;
  }
  return { covered, used, paid: (commitment * unitCost * BigInt(demand.length)) / NANO };
}
