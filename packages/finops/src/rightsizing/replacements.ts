import type { Grade } from '../model/finding.ts';
import type { Subject } from '../model/rule.ts';
import type { Decimal } from '../money.ts';
import type { Table } from '../prices/table.ts';
import { type Specification, specificationOf } from '../rules/reading/instance.ts';
import { parseTypeName, smallerSizes } from '../rules/reading/type-names.ts';
import { candidateNames } from './candidate-names.ts';
import { type Dimension, capacityOf } from './demand.ts';
import { mayLeaveFamily } from './presets.ts';

/** A type that gives less of something than another and is like it in all else: what can be said of it whatever the load. */
export interface Replacement {
  readonly type: Specification;
  /** How much work the move is: same family VeryLow, newer generation or processor Low, other family Medium, other architecture High. Source: AWS Compute Optimizer, read 2026-08-21. */
  readonly effort: Grade;
  readonly isSameArchitecture: boolean;
  /** Whether it has as much memory as now, or as much for each vCPU: unmeasured memory shrinks no further than measured CPU. */
  readonly keepsShare: boolean;
  /** What it offers of a dimension; `undefined` when the table does not say. */
  readonly offers: (dimension: Dimension) => Decimal | undefined;
}

/**
 * The types of the subject's table that may replace one, by name. They are looked up in the table once for each type and setting;
 * the subject is asked for each again, so that it knows what was read.
 */
export function replacementsOf(subject: Subject, now: Specification): readonly Replacement[] {
  const table = subject.instanceType.behind ?? subject.instanceType;
  const byType = KNOWN.get(table) ?? new Map<string, readonly Replacement[]>();
  KNOWN.set(table, byType);
  const leaves = mayLeaveFamily(subject.settings);
  const key = `${leaves ? 'any' : 'own'} ${now.name}`;
  const found = byType.get(key) ?? replacements(table, now, leaves ? candidateNames(now.name) : smallerSizes(now.name));
  byType.set(key, found);
  for (const { type } of found) subject.instanceType(type.name);
  return found;
}

/** By the table itself, for another table may say otherwise of the same names. */
const KNOWN = new WeakMap<Table, Map<string, readonly Replacement[]>>();

const replacements = (table: Table, now: Specification, names: readonly string[]): readonly Replacement[] =>
  names.flatMap((name) => {
    const type = specificationOf({ instanceType: table }, name);
    if (type === undefined || !isSmaller(type, now) || !isLike(type, now)) return [];
    const isSameArchitecture = type.isArm === now.isArm;
    const keepsShare = hasShare(type, now);
    return [{ type, effort: effortOf(type, now), isSameArchitecture, keepsShare, offers: offersOf(type) }];
  });

const hasShare = (type: Specification, now: Specification): boolean =>
  type.memoryGib.greaterThanOrEqualTo(now.memoryGib) || perVcpu(type).greaterThanOrEqualTo(perVcpu(now));

const perVcpu = ({ memoryGib, vcpu }: Specification): Decimal => memoryGib.div(vcpu);

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

function offersOf(type: Specification): Replacement['offers'] {
  const known = new Map<Dimension, Decimal | undefined>([
    ['cpu', type.vcpu],
    ['memory', type.memoryGib],
  ]);
  return (dimension) => {
    if (!known.has(dimension)) known.set(dimension, capacityOf(type.entry.value, dimension));
    return known.get(dimension);
  };
}
