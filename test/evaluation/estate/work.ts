import type { MachineType } from './types.ts';
import { type Demand, demandByHour } from './workload.ts';

/** A rate that work keeps up: in its busiest hour, and in an hour that a busier one of the same day stands beside. */
export interface Rate {
  readonly peak: number;
  readonly sustained: number;
}

/** What a machine does, in units of work and not of the machine. */
export interface Work {
  /** vCPUs of the machine bought, in the busiest minutes of the busiest hour. */
  readonly vcpus: number;
  /** Mean of an hour over its busiest minutes. */
  readonly meanShare: number;
  readonly demand: Demand;
  /** vCPUs the operating system takes at rest, all the time. */
  readonly rest: number;
  readonly gib: number;
  /** The larger direction. */
  readonly gbps: Rate;
  readonly ebsMibps: Rate;
  readonly ebsIops: Rate;
}

/** Whether a type does the work: surely, perhaps (people disagree), or not. */
export type Carrying = 'surely' | 'perhaps' | 'no';

/**
 * Use of CPU and memory at the peak between which people disagree: AWS Compute Optimizer's presets keep 0 to 30 % free, and at
 * 95 % and more a queue no longer drains.
 */
const FULL = { surely: 0.7, perhaps: 0.95 };

/**
 * The same for network and EBS, in shares of the baseline: above it small types burst for half an hour a day at least, so an
 * hour above it may do and two in a day do not. Source: EC2 user guide, "EBS-optimized instances", read 2026-11-21.
 */
const BASELINE = { surely: 0.7, sustained: 1, peak: 2 };

/** What a generation adds to a vCPU, at most: AWS on m6i and m7i 15 %, on m7g 25 % (announcements of 2021-08, 2023-08 and 2023-02). */
const A_GENERATION = { x86: 1.15, arm: 1.25 };

/** Whether a type of machine does the work of the one bought; a vCPU of arm, which is a whole core, counts as one of any x86. */
export function carries(work: Work, type: MachineType, bought: MachineType): Carrying {
  const older = type.isArm === bought.isArm ? Math.max(0, bought.generation - type.generation) : 0;
  const isOlder = older > 0;
  const slower = (type.isArm ? A_GENERATION.arm : A_GENERATION.x86) ** older;
  const all = new Set([
    full((work.vcpus * slower + work.rest) / type.vcpus, isOlder ? 0 : type.vcpus / bought.vcpus),
    full(work.gib / type.gib, type.gib / bought.gib),
    keptUp(work.gbps, type.gbps, bought.gbps),
    keptUp(work.ebsMibps, type.ebsMibps, bought.ebsMibps),
    keptUp(work.ebsIops, type.ebsIops, bought.ebsIops),
  ]);
  if (all.has('no')) return 'no';
  const credits = type.isBurstable ? earned(work, type, { bought, slower }) : 'surely';
  if (credits === 'no') return 'no';
  return isOlder || credits === 'perhaps' || all.has('perhaps') ? 'perhaps' : 'surely';
}

/** As much as was bought, within a twentieth, does the work as well as what was bought does. */
const AS_MUCH = 0.95;

function full(share: number, ofBought: number): Carrying {
  if (share <= FULL.surely) return 'surely';
  return share < FULL.perhaps || ofBought >= AS_MUCH ? 'perhaps' : 'no';
}

function keptUp({ peak, sustained }: Rate, baseline: number | undefined, bought: number | undefined): Carrying {
  if (baseline === undefined) return 'perhaps';
  if (peak <= BASELINE.surely * baseline) return 'surely';
  const isEnough = sustained <= BASELINE.sustained * baseline && peak <= BASELINE.peak * baseline;
  return isEnough || baseline >= AS_MUCH * (bought ?? Infinity) ? 'perhaps' : 'no';
}

/** Whether its CPU credits last, with as much to spare as its CPU. */
function earned(work: Work, type: MachineType, { bought, slower }: { bought: MachineType; slower: number }): Carrying {
  if (type.creditsHour === undefined || type.creditsHour >= (bought.creditsHour ?? Infinity)) return 'perhaps';
  if (lasts(work, type.creditsHour, slower / FULL.surely)) return 'surely';
  return lasts(work, type.creditsHour, slower / FULL.perhaps) ? 'perhaps' : 'no';
}

/** A month of credits: what a day earns can be kept, and the month before was the same. */
function lasts({ vcpus, meanShare, demand, rest }: Work, earnedHour: number, times: number): boolean {
  const hours = demandByHour(demand);
  const spent = hours.map((busy) => (busy * vcpus * meanShare + rest) * times * 60);
  let kept = 0;
  for (const hour of spent) kept = Math.max(0, Math.min(24 * earnedHour, kept + earnedHour - hour));
  for (const hour of spent) {
    kept = Math.min(24 * earnedHour, kept + earnedHour - hour);
    if (kept < 0) return false;
  }
  return true;
}
