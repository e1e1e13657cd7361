import type { Entry, Subject } from '../../model/rule.ts';
import { type Specification, linuxPriceKey, specificationOf } from './instance.ts';
import { cheapest } from './prices.ts';

/** An instance type of the table with its Linux price in the subject's region. */
export interface PricedType {
  readonly specification: Specification;
  readonly price: Entry;
}

/** The cheapest of some types that both tables know and that fits; ties go to the first name. */
export function cheapestOf(
  subject: Subject,
  names: readonly string[],
  fits: (one: Specification) => boolean,
): PricedType | undefined {
  const candidates = names.flatMap((name): PricedType[] => {
    const specification = specificationOf(subject, name);
    if (specification === undefined || !fits(specification)) return [];
    const price = subject.price(linuxPriceKey(subject.resource.region, name));
    return price === undefined ? [] : [{ specification, price }];
  });
  return cheapest(candidates);
}

/** Whether a type gives at least the vCPUs and memory of another, the same GPUs, and bursts no more than it. */
export const replaces = (candidate: Specification, now: Specification): boolean =>
  candidate.isCurrent &&
  candidate.vcpu.greaterThanOrEqualTo(now.vcpu) &&
  candidate.memoryGib.greaterThanOrEqualTo(now.memoryGib) &&
  candidate.gpus.equals(now.gpus) &&
  (now.isBurstable || !candidate.isBurstable);
