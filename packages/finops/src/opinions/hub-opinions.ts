import { z } from 'zod';
import type { ActionType } from '../model/finding.ts';
import { type Item, opinionClaim, type StatedAt } from './opinion-claim.ts';
import { namedBy } from './resource-name.ts';
import type { OpinionReader, Read } from './opinion-reader.ts';

/** Source: botocore cost-optimization-hub 2022-07-26 model, Recommendation, read 2026-08-07. */
const Recommendation = z.object({
  accountId: z.string(),
  region: z.string().optional(),
  resourceId: z.string().optional(),
  resourceArn: z.string().optional(),
  currentResourceType: z.string(),
  actionType: z.string(),
  currencyCode: z.string().optional(),
  estimatedMonthlySavings: z.number().optional(),
  estimatedMonthlyCost: z.number().optional(),
  estimatedSavingsPercentage: z.number().optional(),
});

/** What each action of the hub would be among ours. */
const ACTIONS: Readonly<Record<string, readonly ActionType[]>> = {
  Rightsize: ['Rightsize'],
  Stop: ['Stop', 'Delete'],
  Delete: ['Delete', 'Stop'],
  Upgrade: ['Upgrade'],
  MigrateToGraviton: ['MigrateToGraviton'],
  ScaleIn: ['ScaleIn', 'Rightsize'],
};

/** Names of the hub that the inventory spells otherwise. */
const TYPES: Readonly<Record<string, string>> = { DynamoDBTable: 'DynamoDbTable', MemoryDBCluster: 'MemoryDbCluster' };

/** Reads recommendations of Cost Optimization Hub, which answers for every region and kind. */
export const hubOpinions: OpinionReader = {
  source: 'CostOptimizationHub',
  type: 'any',
  region: 'any',
  at: (operation) => (operation === 'GetRecommendation' ? '' : 'items/*'),
  read: (item) => {
    const parsed = Recommendation.safeParse(item.value);
    return parsed.success ? readRecommendation(item, parsed.data) : undefined;
  },
};

function readRecommendation(item: Item, given: z.infer<typeof Recommendation>): Read | undefined {
  const type = TYPES[given.currentResourceType] ?? given.currentResourceType;
  const named = given.resourceArn === undefined ? undefined : namedBy(given.resourceArn, type);
  const id = named?.id ?? given.resourceId;
  if (id === undefined) return undefined;
  const said = { source: 'CostOptimizationHub', says: given.actionType, type, id } as const;
  const { claim, flag } = opinionClaim(said, item, statedIn(given));
  const opinion = {
    ...said,
    account: given.accountId,
    region: given.region ?? named?.region ?? 'global',
    actions: ACTIONS[given.actionType] ?? [],
    claim: claim.id,
    ...(flag === undefined ? {} : { flag }),
  };
  return { opinion, claim };
}

function statedIn(given: z.infer<typeof Recommendation>): StatedAt {
  return {
    currency: given.currencyCode ?? 'USD',
    ...(given.estimatedMonthlySavings === undefined ? {} : { saving: ['estimatedMonthlySavings'] }),
    ...(given.estimatedMonthlyCost === undefined ? {} : { cost: ['estimatedMonthlyCost'] }),
    ...(given.estimatedSavingsPercentage === undefined ? {} : { percent: ['estimatedSavingsPercentage'] }),
  };
}
