import type { JsonObject } from '@infrafabric/protocol';
import { daysBetween } from './calendar-day.ts';
import { type SupportState, chosenDate, supportState } from './lifecycle.ts';

/** Looks up the life-cycle entry of a key such as `amazon-eks/1.32`. */
export type LifecycleOf = (key: string) => JsonObject | undefined;

/** What to do about one version step; reasons are sentences, in the order they were found. */
export interface StepDecision {
  readonly from: string;
  readonly to: string;
  readonly decision: 'GO' | 'CAUTION' | 'NO_GO';
  readonly reasons: readonly string[];
}

/** The hops of an upgrade, or why there is no plan. */
export type HopPlan =
  | { readonly hops: readonly string[] }
  | { readonly refused: 'VERSION_UNKNOWN' | 'NOT_AN_UPGRADE'; readonly detail: string };

/** Days of standard support below which a target is worth a second thought; the window of `eks-support-ends-soon`. */
export const SOON_DAYS = 90;

/**
 * Judges one EKS step by its target's life cycle; the cluster's own state (insights, add-ons, nodes) is not looked at.
 *
 * NO_GO: unknown version, not exactly one minor up, or a target past extended support. CAUTION: a target in extended
 * support, with at most 90 days of standard support left, or with dates on which sources differ in a way that matters.
 */
export function decideEksStep(
  step: { from: string; to: string },
  asOf: string,
  lifecycleOf: LifecycleOf,
): StepDecision {
  const plan = planEksHops(step, lifecycleOf);
  if ('refused' in plan) return { ...step, decision: 'NO_GO', reasons: [plan.detail] };
  if (plan.hops.length > 1) {
    return {
      ...step,
      decision: 'NO_GO',
      reasons: [`EKS upgrades one minor version at a time: next is ${plan.hops[0]}`],
    };
  }
  const entry = lifecycleOf(`amazon-eks/${step.to}`) ?? {};
  const state = supportState(entry, asOf);
  if (state.phases.includes('PAST_EXTENDED') || state.phases.includes('UNKNOWN')) {
    return { ...step, decision: 'NO_GO', reasons: [`EKS ${step.to} is past extended support or has no known dates`] };
  }
  const reasons = cautions(step.to, entry, state, asOf);
  return { ...step, decision: reasons.length === 0 ? 'GO' : 'CAUTION', reasons };
}

/**
 * Every version an EKS control plane goes through: one minor at a time (EKS User Guide, update an existing cluster).
 *
 * A version without a life-cycle entry is refused, also between the two ends: 1.31 to 1.35 is 1.32, 1.33, 1.34, 1.35.
 */
export function planEksHops({ from, to }: { from: string; to: string }, lifecycleOf: LifecycleOf): HopPlan {
  const [start, end] = [minorOf(from), minorOf(to)];
  const unknown = [from, to].find((version) => minorOf(version) === undefined || !lifecycleOf(`amazon-eks/${version}`));
  if (unknown !== undefined || start === undefined || end === undefined) {
    return { refused: 'VERSION_UNKNOWN', detail: `EKS version ${unknown} is not in the life-cycle table` };
  }
  if (end <= start) return { refused: 'NOT_AN_UPGRADE', detail: `EKS ${to} is not above ${from}` };
  const hops = Array.from({ length: end - start }, (_, index) => `1.${start + index + 1}`);
  const gap = hops.find((version) => !lifecycleOf(`amazon-eks/${version}`));
  return gap === undefined
    ? { hops }
    : { refused: 'VERSION_UNKNOWN', detail: `EKS version ${gap} is not in the life-cycle table` };
}

/**
 * The way out for a cluster: hops up to the first version with more than 90 days of standard support left, or to the
 * newest version the table knows.
 */
export function eksWayOut(from: string, asOf: string, lifecycleOf: LifecycleOf): HopPlan {
  const start = minorOf(from);
  if (start === undefined)
    return { refused: 'VERSION_UNKNOWN', detail: `EKS version ${from} is not in the life-cycle table` };
  let to = from;
  for (let minor = start + 1; ; minor += 1) {
    const entry = lifecycleOf(`amazon-eks/1.${minor}`);
    if (entry === undefined) break;
    to = `1.${minor}`;
    const state = supportState(entry, asOf);
    if (state.phase === 'STANDARD' && cautions(to, entry, state, asOf).length === 0) break;
  }
  return planEksHops({ from, to }, lifecycleOf);
}

function cautions(version: string, entry: JsonObject, state: SupportState, asOf: string): string[] {
  const end = chosenDate(entry, 'standard_end');
  if (state.phases.length > 1) return [`sources differ on the support of EKS ${version}`];
  if (state.phase !== 'STANDARD') return [`EKS ${version} is itself in extended support since ${end}`];
  const isSoon = end !== undefined && daysBetween(asOf, end) <= SOON_DAYS;
  return isSoon ? [`standard support of EKS ${version} ends on ${end}`] : [];
}

function minorOf(version: string): number | undefined {
  const minor = /^1\.(\d+)$/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
