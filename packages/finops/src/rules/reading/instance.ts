import { z } from 'zod';
import type { Entry, Subject, Verdict } from '../../model/rule.ts';
import { parseDecimal, type Decimal } from '../../money.ts';
import { type Reading, read, stop, unknown } from './verdicts.ts';

/** The fields of a DescribeInstances instance the rules read. */
export const Instance = z.object({
  InstanceId: z.string(),
  InstanceType: z.string(),
  State: z.object({ Name: z.string() }),
  PlatformDetails: z.string().optional(),
  Platform: z.string().optional(),
  Architecture: z.string().optional(),
  InstanceLifecycle: z.string().optional(),
  Placement: z.object({ Tenancy: z.string().optional(), AvailabilityZone: z.string().optional() }).optional(),
  StateTransitionReason: z.string().optional(),
  LaunchTime: z.string().optional(),
});
/** An instance as the rules read it. */
export type Instance = z.infer<typeof Instance>;

/** Windows, Linux at the plain Linux price, another billed platform, or not said by the answer. */
export type BilledPlatform = 'linux' | 'windows' | 'other' | 'unsaid';

/** Which platform an instance is billed as. Source: EC2 user guide, "AMI billing information fields", read 2026-11-20. */
export function billedPlatform(instance: Instance): BilledPlatform {
  const details = instance.PlatformDetails;
  if (instance.Platform?.toLowerCase() === 'windows' || details?.startsWith('Windows') === true) return 'windows';
  if (details === undefined || details === '') return 'unsaid';
  return details === 'Linux/UNIX' ? 'linux' : 'other';
}

/**
 * Why the shared-tenancy Linux on-demand price is not this instance's list price; `undefined` = it is.
 *
 * An answer that does not say the platform (older recordings) counts as Linux here: `Platform` is only ever `windows`.
 */
export function withoutLinuxPrice(instance: Instance): Verdict | undefined {
  const platform = billedPlatform(instance);
  if (platform === 'windows' || platform === 'other') {
    return unknown('NO_PRICE', 'The price table has Linux prices only; the instance is billed as another platform.');
  }
  if (instance.InstanceLifecycle === 'spot') {
    return unknown('NO_PRICE', 'The price table has on-demand prices only; the instance runs on Spot.');
  }
  const tenancy = instance.Placement?.Tenancy ?? 'default';
  if (tenancy === 'default') return undefined;
  return unknown('NO_PRICE', `The price table has shared tenancy prices only; the instance has tenancy ${tenancy}.`);
}

/** Key of the Linux on-demand price of an instance type. */
export const linuxPriceKey = (region: string, type: string): string => `ec2/${region}/linux/${type}`;

const Specification = z.object({
  vcpu: z.union([z.number(), z.string()]),
  memory_gib: z.union([z.number(), z.string()]),
  arch: z.union([z.string(), z.array(z.string())]),
  current_generation: z.boolean(),
  burstable: z.boolean(),
  gpus: z.union([z.number(), z.string()]),
  instance_storage_gb: z.union([z.number(), z.string()]).optional(),
});

/** What the instance type table says about a type. */
export interface Specification {
  readonly name: string;
  readonly entry: Entry;
  readonly vcpu: Decimal;
  readonly memoryGib: Decimal;
  readonly isArm: boolean;
  readonly isCurrent: boolean;
  readonly isBurstable: boolean;
  readonly gpus: Decimal;
  /** Local instance store, GB; 0 = none. */
  readonly localDiskGb: Decimal;
}

/** Reads the instance type table; UNKNOWN(NO_SPECIFICATION) when it has no sourced entry of the expected shape. */
export function readSpecification(subject: Subject, name: string): Reading<Specification> {
  const found = specificationOf(subject, name);
  return found === undefined
    ? stop(unknown('NO_SPECIFICATION', `The instance type table has no ${name}.`))
    : read(found);
}

/** Looks up an instance type; `undefined` when the table has no sourced entry of the expected shape. */
export function specificationOf(subject: Pick<Subject, 'instanceType'>, name: string): Specification | undefined {
  const entry = subject.instanceType(name);
  if (entry === undefined) return undefined;
  if (!PARSED.has(entry)) PARSED.set(entry, parsedEntry(name, entry));
  return PARSED.get(entry);
}

/** A table gives one entry for a name, so each is read once. */
const PARSED = new WeakMap<Entry, Specification | undefined>();

function parsedEntry(name: string, entry: Entry): Specification | undefined {
  const parsed = Specification.safeParse(entry.value);
  if (!parsed.success) return undefined;
  const { vcpu, memory_gib, arch, current_generation, burstable, gpus, instance_storage_gb } = parsed.data;
  return {
    name,
    entry,
    vcpu: parseDecimal(vcpu),
    memoryGib: parseDecimal(memory_gib),
    isArm: arch.includes('arm64'),
    isCurrent: current_generation,
    isBurstable: burstable,
    gpus: parseDecimal(gpus),
    localDiskGb: parseDecimal(instance_storage_gb ?? 0),
  };
}
