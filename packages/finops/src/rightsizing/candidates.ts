import type { Grade } from '../model/finding.ts';
import type { Entry, Subject } from '../model/rule.ts';
import { Decimal } from '../money.ts';
import { type Specification, linuxPriceKey, specificationOf } from '../rules/reading/instance.ts';
import { unitPrice } from '../rules/reading/prices.ts';
import { parseTypeName, smallerSizes } from '../rules/reading/type-names.ts';
import { burstBaseline } from './burst-baseline.ts';
import { candidateNames } from './candidate-names.ts';
import { DIMENSIONS, type Dimension, capacityOf } from './demand.ts';
import type { Load } from './load.ts';
import { mayLeaveFamily } from './presets.ts';

/** A smaller type an instance may move to, and why it does not do where it does not. */
export interface Candidate {
  readonly type: Specification;
  /** How much work the move is: same family VeryLow, newer generation or processor Low, other family Medium, other architecture High. Source: AWS Compute Optimizer, read 2026-08-21. */
  readonly effort: Grade;
  readonly isSameArchitecture: boolean;
  /** Whether it has as much memory as now, or as much for each vCPU: unmeasured memory shrinks no further than measured CPU. */
  readonly keepsShare: boolean;
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
  const names = mayLeaveFamily(subject.settings) ? candidateNames(now.name) : smallerSizes(now.name);
  return names.flatMap((name) => {
    const type = specificationOf(subject, name);
    if (type === undefined || !isSmaller(type, now) || !isLike(type, now)) return [];
    if (type.isArm && !now.isArm && !allowsArm) return [];
    const refused = refusalOf(type, now, load);
    const isSameArchitecture = type.isArm === now.isArm;
    const keepsShare = hasShare(type, now);
    const effort = effortOf(type, now);
    return [{ type, effort, isSameArchitecture, keepsShare, ...(refused === undefined ? {} : { refused }) }];
  });
}

const hasShare = (type: Specification, now: Specification): boolean =>
  type.memoryGib.greaterThanOrEqualTo(now.memoryGib) || perVcpu(type).greaterThanOrEqualTo(perVcpu(now));

const perVcpu = ({ memoryGib, vcpu }: Specification): Decimal => memoryGib.div(vcpu);

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

/** Less of something than now: the same shape at a better price is for the generation and Graviton rules. */
const isSmaller = (type: Specification, now: Specification): boolean =>
  type.vcpu.lessThan(now.vcpu) || type.memoryGib.lessThan(now.memoryGib) || (type.isBurstable && !now.isBurstable);

function isLike(type: Specification, now: Specification): boolean {
  const isFamily = familyOf(type.name) === familyOf(now.name);
  return (
    type.gpus.equals(now.gpus) &&
    (isFamily || (type.isCurrent && type.localDiskGb.greaterThanOrEqualTo(now.localDiskGb)))
  );
}

const familyOf = (name: string): string => name.slice(0, name.indexOf('.'));

function effortOf(type: Specification, now: Specification): Grade {
  if (type.isArm !== now.isArm) return 'High';
  if (familyOf(type.name) === familyOf(now.name)) return 'VeryLow';
  return parseTypeName(type.name)?.series === parseTypeName(now.name)?.series ? 'Low' : 'Medium';
}

function refusalOf(type: Specification, now: Specification, load: Load): Candidate['refused'] {
  for (const dimension of DIMENSIONS) {
    const need = load.needs.get(dimension);
    const capacity = need === undefined ? undefined : offerOf(type, dimension);
    if (need !== undefined && capacity?.lessThan(need) === true) return `its ${WORDS[dimension]} would not do`;
  }
  const burst = type.isBurstable ? burstRefusal(type, now, load) : undefined;
  if (burst !== undefined) return burst;
  const isVetoed = !load.needs.has('memory') && type.memoryGib.lessThan(now.memoryGib);
  return isVetoed ? 'memory was not measured' : undefined;
}

function offerOf(type: Specification, dimension: Dimension): Decimal | undefined {
  if (dimension === 'cpu') return type.vcpu;
  return dimension === 'memory' ? type.memoryGib : capacityOf(type.entry.value, dimension);
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
