import type { JsonValue } from '@infrafabric/protocol';
import { z } from 'zod';
import type { ActionType } from '../model/finding.ts';
import { opinionClaim } from './opinion-claim.ts';
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
    const parsed = Recommendation.safeParse(item.value satisfies JsonValue);
    if (!parsed.success) return undefined;
    const { data } = parsed;
    const type = TYPES[data.currentResourceType] ?? data.currentResourceType;
    const named = data.resourceArn === undefined ? undefined : namedBy(data.resourceArn, type);
    const id = named?.id ?? data.resourceId;
    if (id === undefined) return undefined;
    const said = { source: 'CostOptimizationHub', says: data.actionType, type, id } as const;
    const { claim, flag } = opinionClaim(said, item, {
      currency: data.currencyCode ?? 'USD',
      ...(data.estimatedMonthlySavings === undefined ? {} : { saving: ['estimatedMonthlySavings'] }),
      ...(data.estimatedMonthlyCost === undefined ? {} : { cost: ['estimatedMonthlyCost'] }),
      ...(data.estimatedSavingsPercentage === undefined ? {} : { percent: ['estimatedSavingsPercentage'] }),
    });
    const opinion = {
      ...said,
      account: data.accountId,
      region: data.region ?? named?.region ?? 'global',
      actions: ACTIONS[data.actionType] ?? [],
      claim: claim.id,
      ...(flag === undefined ? {} : { flag }),
    };
    return { opinion, claim } satisfies Read;
  },
};
