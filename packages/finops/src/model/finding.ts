import type { Citation, ClaimId, DecimalString } from '@infrafabric/protocol';
import type { ResourceRef } from './resource.ts';

/** What to do, as Cost Optimization Hub names it; `Review` marks advice without a saving. */
export type ActionType =
  | 'Rightsize'
  | 'Stop'
  | 'Delete'
  | 'Upgrade'
  | 'ScaleIn'
  | 'MigrateToGraviton'
  | 'PurchaseSavingsPlans'
  | 'PurchaseReservedInstances'
  | 'Review';

/** Effort and risk, as Cost Optimization Hub and Compute Optimizer grade them. */
export type Grade = 'VeryLow' | 'Low' | 'Medium' | 'High' | 'VeryHigh';

/**
 * Order in which overlapping savings apply, each on what the earlier ones left (finops notes 1.12).
 *
 * `surcharge` is a charge beside the resource's price, such as extended support: it overlaps with no other step.
 */
export const WATERFALL_STEPS = [
  'terminate',
  'schedule',
  'storage-tier',
  'surcharge',
  'generation',
  'rightsize',
  'licence',
  'network',
  'commitment',
] as const;

/** One step of the savings waterfall. */
export type WaterfallStep = (typeof WATERFALL_STEPS)[number];

/**
 * A monthly saving in USD, before overlap with other findings is removed.
 *
 * `list` at list price; `effective` of what the bill really charged (equal to `list` when `basis` is `list`); of that,
 * `cash_now` leaves the next invoice and `freed_commitment` only frees a Savings Plan or reservation already paid for.
 */
export interface Savings {
  readonly basis: 'list' | 'bill';
  readonly list: DecimalString;
  readonly effective: DecimalString;
  readonly cash_now: DecimalString;
  readonly freed_commitment: DecimalString;
  /** What the resource costs a month on the same basis: no set of findings may save more (DESIGN 6, caps). */
  readonly cap: DecimalString;
  /** The claim whose figures hold the last four; absent with basis `list`, where they follow from the finding's own claim. */
  readonly claim?: ClaimId;
}

/**
 * The verdict of one rule on one resource.
 *
 * FINDING and UNKNOWN travel in full with a claim; OK is counted only. `reason` is a code such as `NO_METRICS` or
 * `NO_PRICE`, `detail` the sentence behind it. Severity 0 to 10.
 */
export interface Finding {
  readonly rule: string;
  readonly ref: string;
  readonly role: string;
  readonly service: string;
  readonly resource: ResourceRef;
  readonly verdict: 'FINDING' | 'UNKNOWN';
  readonly claim?: ClaimId;
  readonly reason?: string;
  readonly detail?: string;
  readonly actionType?: ActionType;
  readonly step?: WaterfallStep;
  readonly severity?: number;
  readonly effort?: Grade;
  readonly risk?: Grade;
  readonly restartNeeded?: boolean;
  readonly rollbackPossible?: boolean;
  readonly confidence?: string;
  /** What the resource is to become, such as `{instance_type: 'm6g.large'}`; absent where nothing of that kind is advised. */
  readonly target?: Readonly<Record<string, string>>;
  readonly savings?: Savings;
  /** Set aside by the resource's tags: which expression, and where the tags stand. Such a finding is outside the totals. */
  readonly excluded?: { readonly expression: string; readonly citation: Citation };
  /** Why a finding that costs money has no dollars; such a finding is outside the totals. */
  readonly savings_unknown?: { readonly reason: 'NO_PRICE'; readonly detail: string };
}

/** How many resources a rule judged, by verdict; OK verdicts live only here. */
export interface Coverage {
  readonly rule: string;
  readonly service: string;
  readonly finding: number;
  readonly ok: number;
  readonly unknown: number;
}
