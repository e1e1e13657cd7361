import type { CommitmentSet } from './what-runs.ts';

/** How a commitment is paid. */
export const PAYMENTS = ['no-upfront', 'partial-upfront', 'all-upfront'] as const;
export type Payment = (typeof PAYMENTS)[number];

/** Kinds of commitment: two kinds of Savings Plan, and reservations of any service. */
export const PLANS = ['compute-savings-plan', 'ec2-instance-savings-plan', 'reservation'] as const;
export type Plan = (typeof PLANS)[number];

/** One way to commit for the usage of a set. */
export interface Terms {
  readonly set: CommitmentSet;
  readonly plan: Plan;
  readonly years: 1 | 3;
  readonly payment: Payment;
}

/** Every way to commit for a set, shortest and least upfront first. Source: Savings Plans user guide and EC2 user guide, "Reserved Instances", read 2026-11-20. */
export function termsOf(set: CommitmentSet): Terms[] {
  const plans = set === 'ec2' ? PLANS : (['reservation'] as const);
  return plans.flatMap((plan) =>
    ([1, 3] as const).flatMap((years) => PAYMENTS.map((payment) => ({ set, plan, years, payment }))),
  );
}

/** Where the hourly rate of what runs under some terms stands in the price table, everything paid upfront spread over the term. */
export function rateKey(onDemandKey: string, { plan, years, payment }: Omit<Terms, 'set'>): string {
  if (plan === 'reservation') return effectiveReservedKey(onDemandKey, `${years}yr`, payment);
  const [, region = '', , type = ''] = onDemandKey.split('/');
  return `savingsplan/${region}/${plan.replace('-savings-plan', '')}-${years}yr-${payment}/${type}`;
}

function effectiveReservedKey(onDemandKey: string, length: string, payment: Payment): string {
  const key = reservedPriceKey(onDemandKey, { length, offering: 'standard', payment });
  return payment === 'no-upfront' ? key : `${key}/effective`;
}

/**
 * Where the hourly part of a reservation's price stands, given the key of the same thing on demand. At `<key>/effective` stands the
 * hourly part plus what is paid upfront, spread over the hours of the term.
 */
export function reservedPriceKey(
  onDemandKey: string,
  { length, offering, payment }: { readonly length: string; readonly offering: string; readonly payment: string },
): string {
  const [service = '', region = '', product = '', ...rest] = onDemandKey.split('/');
  const name = `reserved-${offering}-${length}-${payment}`;
  const isBare = rest.length === 0;
  return [service, region, isBare ? name : `${product}-${name}`, ...(isBare ? [product] : rest)].join('/');
}

/** What one purchase covers: a Compute Savings Plan everything, a plan of an instance family its family in its region, a reservation one price. */
export function scopeOf(onDemandKey: string, plan: Plan): string {
  const [, region = '', , type = ''] = onDemandKey.split('/');
  if (plan === 'compute-savings-plan') return 'all regions';
  return plan === 'reservation' ? onDemandKey : `${type.split('.')[0]} in ${region}`;
}

/** Whether a purchase is bound to what runs now, so that usage which other advice changes is none of its business. */
export const isBound = (plan: Plan): boolean => plan !== 'compute-savings-plan';
