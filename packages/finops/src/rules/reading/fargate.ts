import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Observed } from '../../model/resource.ts';
import type { Subject, Verdict } from '../../model/rule.ts';
import { type Decimal, formatUsd, parseDecimal, perMonth } from '../../money.ts';
import { unitPrice } from './prices.ts';
import { OK, type Reading, read, readItem, stop, unknown } from './verdicts.ts';

/** The fields of a DescribeServices service the rules read. */
export const EcsService = z.object({
  serviceArn: z.string(),
  serviceName: z.string(),
  clusterArn: z.string().optional(),
  status: z.string(),
  launchType: z.string().optional(),
  capacityProviderStrategy: z.array(z.object({ capacityProvider: z.string() })).optional(),
  runningCount: z.int().nonnegative(),
  taskDefinition: z.string(),
});
/** A service as the rules read it. */
export type EcsService = z.infer<typeof EcsService>;

/** The fields of a task definition that decide its price on Fargate; CPU in 1/1024 vCPU, memory in MiB. */
export const TaskDefinition = z.object({
  taskDefinitionArn: z.string(),
  cpu: z.string(),
  memory: z.string(),
  runtimePlatform: z
    .object({ cpuArchitecture: z.string().optional(), operatingSystemFamily: z.string().optional() })
    .optional(),
});
/** A task definition as the rules read it. */
export type TaskDefinition = z.infer<typeof TaskDefinition>;

/** A service on Fargate at on-demand prices, with what its tasks are. */
export interface FargateService {
  readonly service: EcsService;
  readonly definition: TaskDefinition;
  readonly described: Observed;
}

/** CPU units of a vCPU, and MiB of the GB that Fargate bills. Source: ECS developer guide, "Task definition parameters for Fargate", 1 vCPU = 1024 units, read 2026-11-20. */
const PER_UNIT = 1024;

/** Reads a running Linux service on Fargate; OK when it is none, UNKNOWN where its price cannot be known. */
export function readFargateService(subject: Subject): Reading<FargateService> {
  const item = readItem(EcsService, subject.item);
  if (!item.ok) return item;
  const other = withoutFargatePrice(item.value);
  return other === undefined ? withDefinition(subject, item.value) : stop(other);
}

/** The verdict on a service that does not pay on-demand prices of Fargate now. */
function withoutFargatePrice({ capacityProviderStrategy = [], ...service }: EcsService): Verdict | undefined {
  const providers = new Set(capacityProviderStrategy.map((one) => one.capacityProvider));
  if (providers.has('FARGATE_SPOT')) {
    return unknown('NO_PRICE', 'The price table has on-demand prices only; the service runs on Fargate Spot.');
  }
  if (service.launchType !== 'FARGATE' && !providers.has('FARGATE')) return OK;
  return service.status !== 'ACTIVE' || service.runningCount === 0 ? OK : undefined;
}

function withDefinition(subject: Subject, service: EcsService): Reading<FargateService> {
  const described = subject.related('EcsTaskDefinition').find((one) => one.resource.id === service.taskDefinition);
  if (described === undefined) {
    return stop(unknown('NOT_COLLECTED', 'The task definition of the service is not in the inputs.'));
  }
  const definition = readItem(TaskDefinition, described.item);
  if (!definition.ok) return definition;
  const family = definition.value.runtimePlatform?.operatingSystemFamily ?? 'LINUX';
  return family === 'LINUX' ? read({ service, definition: definition.value, described }) : stop(OK);
}

/** USD an hour of all running tasks: cited = the service, its task definition; then the prices of a vCPU hour and a GB hour from `at`. */
export function fargateHourly(cited: readonly Cited[], at: number): Decimal {
  const { runningCount } = EcsService.parse(cited[0]);
  const { cpu, memory } = TaskDefinition.parse(cited[1]);
  const task = unitPrice(cited[at])
    .times(parseDecimal(cpu).div(PER_UNIT))
    .plus(unitPrice(cited[at + 1]).times(parseDecimal(memory).div(PER_UNIT)));
  return task.times(runningCount);
}

/** USD a month of all running tasks: cited = the service, its task definition, the prices of a vCPU hour and a GB hour. */
export const monthOfFargate = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(fargateHourly(cited, 2))),
  });

/** Keys of the prices of a vCPU hour and a GB hour. */
export const fargatePriceKeys = (region: string, architecture: 'x86' | 'arm'): readonly string[] =>
  ['vcpu-hour', 'gb-hour'].map((unit) => `ecs/${region}/fargate-${architecture}/${unit}`);
