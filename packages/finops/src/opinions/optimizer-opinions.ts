import { z } from 'zod';
import type { ActionType } from '../model/finding.ts';
import type { ResourceType } from '../model/resource.ts';
import type { OpinionReader, Read } from './opinion-reader.ts';
import { opinionClaim, type StatedAt } from './opinion-claim.ts';
import { namedBy } from './resource-name.ts';

/** How one operation of Compute Optimizer spells its answer. Source: botocore compute-optimizer model, read 2026-08-07. */
interface Spelling {
  readonly items: string;
  readonly type: ResourceType;
  readonly arn: string;
  readonly finding: string;
  readonly options: string;
}

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  GetEC2InstanceRecommendations: {
    items: 'instanceRecommendations',
    type: 'Ec2Instance',
    arn: 'instanceArn',
    finding: 'finding',
    options: 'recommendationOptions',
  },
  GetEBSVolumeRecommendations: {
    items: 'volumeRecommendations',
    type: 'EbsVolume',
    arn: 'volumeArn',
    finding: 'finding',
    options: 'volumeRecommendationOptions',
  },
  GetLambdaFunctionRecommendations: {
    items: 'lambdaFunctionRecommendations',
    type: 'LambdaFunction',
    arn: 'functionArn',
    finding: 'finding',
    options: 'memorySizeRecommendationOptions',
  },
  GetAutoScalingGroupRecommendations: {
    items: 'autoScalingGroupRecommendations',
    type: 'Ec2AutoScalingGroup',
    arn: 'autoScalingGroupArn',
    finding: 'finding',
    options: 'recommendationOptions',
  },
  GetECSServiceRecommendations: {
    items: 'ecsServiceRecommendations',
    type: 'EcsService',
    arn: 'serviceArn',
    finding: 'finding',
    options: 'serviceRecommendationOptions',
  },
  GetRDSDatabaseRecommendations: {
    items: 'rdsDBRecommendations',
    type: 'RdsDbInstance',
    arn: 'resourceArn',
    finding: 'instanceFinding',
    options: 'instanceRecommendationOptions',
  },
};

/** Findings that something could cost less; `OPTIMIZED` and `UNDER_PROVISIONED` advise no saving. */
const ADVISING = /over.?provisioned|not.?optimized/i;

const Opportunity = z.object({
  savingsOpportunityPercentage: z.number().optional(),
  estimatedMonthlySavings: z.object({ currency: z.string().optional(), value: z.number() }).optional(),
});
const Option = z.object({ rank: z.number().optional(), savingsOpportunity: Opportunity.nullish() });

/** Readers by operation. */
export const OPTIMIZER_READERS: Readonly<Record<string, OpinionReader>> = {
  ...Object.fromEntries(Object.entries(SPELLINGS).map(([operation, spelling]) => [operation, readerOf(spelling)])),
  GetIdleRecommendations: {
    source: 'ComputeOptimizer',
    type: 'any',
    region: 'asked',
    at: () => 'idleRecommendations/*',
    read: (item) => readIdle(item),
  },
};

function readerOf({ items, type, arn, finding, options }: Spelling): OpinionReader {
  return {
    source: 'ComputeOptimizer',
    type,
    region: 'asked',
    at: () => `${items}/*`,
    read: (item) => {
      const { [arn]: name, [finding]: found, [options]: given } = item.value;
      const named = typeof name === 'string' ? namedBy(name, type) : undefined;
      if (named === undefined || typeof found !== 'string') return undefined;
      const best = z.array(Option).safeParse(given ?? []);
      const at = best.success ? best.data.findIndex((one) => (one.rank ?? 1) === 1) : -1;
      const said = { source: 'ComputeOptimizer', says: found, type, id: named.id } as const;
      const { claim } = opinionClaim(
        said,
        item,
        statedIn(best.success ? best.data[at]?.savingsOpportunity : undefined, [options, at]),
      );
      const actions: readonly ActionType[] = ADVISING.test(found) ? ['Rightsize', 'Upgrade', 'MigrateToGraviton'] : [];
      return { opinion: { ...said, account: named.account, region: named.region, actions, claim: claim.id }, claim };
    },
  };
}

function statedIn(
  opportunity: z.infer<typeof Opportunity> | null | undefined,
  path: readonly (string | number)[],
): StatedAt {
  const { estimatedMonthlySavings: amount, savingsOpportunityPercentage: percent } = opportunity ?? {};
  const inside = [...path, 'savingsOpportunity'];
  return {
    currency: amount?.currency ?? 'USD',
    ...(amount === undefined ? {} : { saving: [...inside, 'estimatedMonthlySavings', 'value'] }),
    ...(percent === undefined ? {} : { percent: [...inside, 'savingsOpportunityPercentage'] }),
  };
}

const Idle = z.object({
  resourceArn: z.string(),
  accountId: z.string().optional(),
  resourceType: z.string(),
  finding: z.string(),
  savingsOpportunity: Opportunity.nullish(),
});

/** Kinds of idle resource as the inventory spells them. */
const IDLE_TYPES: Readonly<Record<string, ResourceType>> = {
  EC2Instance: 'Ec2Instance',
  AutoScalingGroup: 'Ec2AutoScalingGroup',
  EBSVolume: 'EbsVolume',
  ECSService: 'EcsService',
  RDSDBInstance: 'RdsDbInstance',
  NatGateway: 'NatGateway',
  DynamoDBTable: 'DynamoDbTable',
  ElastiCacheCluster: 'ElastiCacheCluster',
  MemoryDBCluster: 'MemoryDbCluster',
  SageMakerEndpoint: 'SageMakerEndpoint',
};

function readIdle(item: Parameters<OpinionReader['read']>[0]): Read | undefined {
  const parsed = Idle.safeParse(item.value);
  if (!parsed.success) return undefined;
  const { resourceArn, resourceType, finding, savingsOpportunity } = parsed.data;
  const type = IDLE_TYPES[resourceType] ?? resourceType;
  const named = namedBy(resourceArn, type);
  if (named === undefined) return undefined;
  const said = { source: 'ComputeOptimizer', says: finding, type, id: named.id } as const;
  const { claim } = opinionClaim(said, item, statedIn(savingsOpportunity, []));
  const actions: readonly ActionType[] = ['Delete', 'Stop', 'ScaleIn'];
  return { opinion: { ...said, account: named.account, region: named.region, actions, claim: claim.id }, claim };
}
