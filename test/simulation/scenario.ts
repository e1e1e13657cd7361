import type { Pace } from '@infrafabric/agents';
import type { WorkerRole } from '@infrafabric/protocol';
import type { Chance } from './chance.ts';

/** How much goes wrong, as a factor of the usual rates. */
export type Intensity = 0 | 0.3 | 1 | 2;

/** What the world of a seed is like. */
export interface Scenario {
  readonly seed: number;
  readonly intensity: Intensity;
  /** Processes that stay and processes that are called for each message, as on AWS Lambda. */
  readonly coordinators: readonly ('loop' | 'passes')[];
  readonly workers: readonly ('loop' | 'function')[];
  readonly sessions: number;
  readonly pace: Pace;
  readonly roles: readonly WorkerRole[];
  readonly regions: readonly string[];
  readonly resources: readonly ('Ec2Instance' | 'EbsVolume')[];
  readonly hasBill: boolean;
  /** Clocks of processes are wrong by up to this much, either way. */
  readonly skewMs: number;
  /** Whether a process can tell that another one is dead: where all are on one machine, or each on its own, or never. */
  readonly boots: 'one machine' | 'machines' | 'unknown';
  /** Whether all processes remember together which messages they saw, or each for itself. */
  readonly sharesReplay: boolean;
  /** From the start of a session to its deadline. */
  readonly deadlineMs: number;
  /** When each session is cancelled, counted from its start; absent when it is not. */
  readonly cancelAfterMs?: number;
  /** Whether it is cancelled whoever holds it, instead of its holder being asked. */
  readonly seizes: boolean;
  /** Whether workers ask a model, and what they may spend in all, billionths of a USD. */
  readonly modelCapNanoUsd?: number;
}

/** Ticks of a second and short waits: as many revocations and repetitions as possible fit into the time of a session. */
const SHORT_PACE: Pace = { tickMs: 1_000, pollTicks: 5, leaseTicks: 15, idleTicks: 15, heartbeatMs: 4_000 };

/** That of a deployment with functions, where a note comes every 5 s. */
const PASS_PACE: Pace = { tickMs: 5_000, pollTicks: 1, leaseTicks: 5, idleTicks: 6, heartbeatMs: 8_000 };

/** Clocks that differ by at most this much are within the tolerance of every check of time. */
export const TOLERATED_SKEW_MS = 25_000;

/** What a seed stands for. */
export function scenarioOf(seed: number, chance: Chance, intensity?: Intensity): Scenario {
  const worst = intensity ?? chance.pick<Intensity>('scenario intensity', [0, 0.3, 1, 2]);
  const passes = chance.happens('scenario passes', 0.4);
  const functions = chance.happens('scenario functions', 0.3);
  return {
    seed,
    intensity: worst,
    coordinators: passes ? ['passes', 'passes'] : ['loop', 'loop'],
    workers: Array.from({ length: 2 + chance.int('scenario workers', 2) }, () => (functions ? 'function' : 'loop')),
    sessions: chance.happens('scenario sessions', 0.15) ? 2 : 1,
    pace: passes ? PASS_PACE : SHORT_PACE,
    roles: ['collector', ...chance.pick('scenario roles', ROLES)],
    regions: chance.happens('scenario regions', 0.3) ? ['eu-west-1', 'us-east-1'] : ['eu-west-1'],
    resources: chance.happens('scenario resources', 0.4) ? ['Ec2Instance', 'EbsVolume'] : ['EbsVolume'],
    hasBill: chance.happens('scenario bill', 0.4),
    skewMs: worst === 0 ? 0 : chance.pick('scenario skew', [0, TOLERATED_SKEW_MS, 120_000]),
    boots: passes ? 'unknown' : chance.pick('scenario boots', ['one machine', 'machines'] as const),
    sharesReplay: chance.happens('scenario replay', 0.5),
    deadlineMs: passes ? 1_800_000 : 900_000,
    ...cancelOf(chance),
    ...(chance.happens('scenario model', 0.4) ? { modelCapNanoUsd: 1 + chance.int('scenario cap', 400_000_000) } : {}),
  };
}

/** Whether somebody cancels, how and when. */
function cancelOf(chance: Chance): Pick<Scenario, 'seizes' | 'cancelAfterMs'> {
  const isAsked = chance.happens('scenario cancel', 0.3);
  const seizes = !isAsked && chance.happens('scenario seize', 0.05);
  return isAsked || seizes ? { seizes, cancelAfterMs: 1_000 + chance.int('scenario cancel', 90_000) } : { seizes };
}

const ROLES: readonly WorkerRole[][] = [
  ['pricing'],
  ['rightsizing'],
  ['pricing', 'budget'],
  ['pricing', 'rightsizing', 'budget'],
];
