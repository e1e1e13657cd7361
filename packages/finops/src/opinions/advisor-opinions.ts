import { z } from 'zod';
import type { ActionType } from '../model/finding.ts';
import type { ResourceType } from '../model/resource.ts';
import { type Item, opinionClaim } from './opinion-claim.ts';
import type { OpinionReader, Read } from './opinion-reader.ts';

/** A cost check of Trusted Advisor: which column of `metadata` holds the resource and which the saving. */
interface Check {
  readonly title: string;
  readonly type: ResourceType;
  readonly actions: readonly ActionType[];
  readonly id: number;
  readonly saving?: number;
}

/** Source: AWS Support user guide, "Cost optimization" checks, report columns (public copy of 2023-06), read 2026-08-21. */
const CHECKS: Readonly<Record<string, Check>> = {
  Qch7DwouX1: {
    title: 'Low Utilization Amazon EC2 Instances',
    type: 'Ec2Instance',
    actions: ['Stop', 'Delete', 'Rightsize'],
    id: 1,
    saving: 4,
  },
  DAvU99Dc4C: { title: 'Underutilized Amazon EBS Volumes', type: 'EbsVolume', actions: ['Delete'], id: 1, saving: 5 },
  hjLMh88uM8: { title: 'Idle Load Balancers', type: 'ClassicLoadBalancer', actions: ['Delete'], id: 1, saving: 3 },
  Ti39halfu8: {
    title: 'Amazon RDS Idle DB Instances',
    type: 'RdsDbInstance',
    actions: ['Delete', 'Stop'],
    id: 1,
    saving: 6,
  },
  G31sQ1E9U: {
    title: 'Underutilized Amazon Redshift Clusters',
    type: 'RedshiftCluster',
    actions: ['Delete', 'Rightsize'],
    id: 2,
    saving: 5,
  },
  Z4AUBRNSmz: { title: 'Unassociated Elastic IP Addresses', type: 'ElasticIp', actions: ['Delete'], id: 1 },
};

/** Ids of the checks whose results are read. */
export const ADVISOR_CHECKS: ReadonlySet<string> = new Set(Object.keys(CHECKS));

const Answer = z.object({ result: z.object({ checkId: z.string() }) });
const Flagged = z.object({
  region: z.string().optional(),
  status: z.string().optional(),
  isSuppressed: z.boolean().optional(),
  metadata: z.array(z.string().nullable()),
});

/** Whether an answer is of a check about cost; the others say nothing about money. */
export function isCostCheck(answer: unknown): boolean {
  const parsed = Answer.safeParse(answer);
  return parsed.success && Object.hasOwn(CHECKS, parsed.data.result.checkId);
}

/** Reads `support.DescribeTrustedAdvisorCheckResult`: flagged resources of checks about cost. The answer does not say the account. */
export const advisorOpinions: OpinionReader = {
  source: 'TrustedAdvisor',
  type: 'any',
  region: 'any',
  at: () => 'result/flaggedResources/*',
  read: (item, around) => {
    const answer = Answer.safeParse(around);
    const check = answer.success ? CHECKS[answer.data.result.checkId] : undefined;
    const flagged = Flagged.safeParse(item.value);
    return check === undefined || !flagged.success ? undefined : readFlagged(item, check, flagged.data);
  },
};

function readFlagged(
  item: Item,
  check: Check,
  { metadata, region, status, isSuppressed }: z.infer<typeof Flagged>,
): Read | undefined {
  const { title, type, actions, saving } = check;
  const id = metadata[check.id] ?? '';
  if (id === '' || status === 'ok' || isSuppressed === true) return undefined;
  const said = { source: 'TrustedAdvisor', says: title, type, id } as const;
  const isStated = saving !== undefined && /^\$?[0-9]/.test(metadata[saving] ?? '');
  const { claim } = opinionClaim(said, item, {
    currency: 'USD',
    ...(isStated ? { saving: ['metadata', saving] } : {}),
  });
  return { opinion: { ...said, account: 'unknown', region: region ?? 'global', actions, claim: claim.id }, claim };
}
