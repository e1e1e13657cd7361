import type { Grade } from '../model/finding.ts';
import type { Entry, Subject } from '../model/rule.ts';
import { Decimal } from '../money.ts';
import { type Specification, linuxPriceKey } from '../rules/reading/instance.ts';
import { unitPrice } from '../rules/reading/prices.ts';
import { burstBaseline } from './burst-baseline.ts';
import { DIMENSIONS, type Dimension } from './demand.ts';
import type { Load } from './load.ts';
import { type Replacement, replacementsOf } from './replacements.ts';

/** A smaller type an instance may move to, and why it does not do where it does not. */
export interface Candidate extends Pick<Replacement, 'type' | 'effort' | 'isSameArchitecture' | 'keepsShare'> {
  /** What it is refused for; absent = it carries the load. */
  readonly refused?: 'memory was not measured' | `its ${string} would not do` | `its ${string} is not known`;
}

/** A candidate with its price. */
export interface PricedCandidate extends Candidate {
  readonly price: Entry;
  readonly usd: Decimal;
}

/** The smaller types of the table an instance may move to, by name. `allowsArm` = the software may run on arm64. */
export function candidatesOf(
  subject: Subject,
  now: Specification,
  { load, allowsArm }: { load: Load; allowsArm: boolean },
): readonly Candidate[] {
  const allowed = replacementsOf(subject, now).filter(({ type }) => !type.isArm || now.isArm || allowsArm);
  return allowed.map((one) => {
    const { type, effort, isSameArchitecture, keepsShare } = one;
    const refused = refusalOf(one, now, load);
    return { type, effort, isSameArchitecture, keepsShare, ...(refused === undefined ? {} : { refused }) };
  });
}

/** Those of the candidates with a price below that of now, cheapest first; equal prices by least effort, then by name. */
export function cheaperOf(subject: Subject, candidates: readonly Candidate[], now: Entry): readonly PricedCandidate[] {
  const paid = unitPrice(now.value);
  return candidates
    .flatMap((one): PricedCandidate[] => {
      const price = subject.price(linuxPriceKey(subject.resource.region, one.type.name));
      if (price === undefined) return [];
      const usd = unitPrice(price.value);
      return usd.lessThan(paid) ? [{ ...one, price, usd }] : [];
    })
    .toSorted(
      (a, b) =>
        a.usd.comparedTo(b.usd) ||
        EFFORTS.indexOf(a.effort) - EFFORTS.indexOf(b.effort) ||
        (a.type.name < b.type.name ? -1 : 1),
    );
}

const EFFORTS: readonly Grade[] = ['VeryLow', 'Low', 'Medium', 'High'];

function refusalOf({ type, offers }: Replacement, now: Specification, load: Load): Candidate['refused'] {
  for (const dimension of DIMENSIONS) {
    const need = load.needs.get(dimension);
    const capacity = need === undefined ? undefined : offers(dimension);
    if (need !== undefined && capacity?.lessThan(need) === true) return `its ${WORDS[dimension]} would not do`;
  }
  const burst = type.isBurstable ? burstRefusal(type, now, load) : undefined;
  if (burst !== undefined) return burst;
  const isVetoed = !load.needs.has('memory') && type.memoryGib.lessThan(now.memoryGib);
  return isVetoed ? 'memory was not measured' : undefined;
}

const WORDS: Readonly<Record<Dimension, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  network: 'network baseline',
  ebs_throughput: 'EBS throughput',
  ebs_iops: 'EBS operations',
};

/** A burstable type must earn the credits of the busiest day: mean CPU of that day at most its baseline. */
function burstRefusal(type: Specification, now: Specification, { mean }: Load): Candidate['refused'] {
  const baseline = burstBaseline(type.name);
  if (baseline === undefined) return 'its credit baseline is not known';
  if (mean === undefined) return 'its credit use is not known';
  const need = mean.busiestDay.times(now.vcpu);
  return need.greaterThan(new Decimal(baseline).times(type.vcpu)) ? 'its CPU credits would not do' : undefined;
}
