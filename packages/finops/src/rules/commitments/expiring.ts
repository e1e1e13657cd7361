import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, figure, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const AHEAD: Threshold = {
  name: 'COMMITMENT_EXPIRY_DAYS',
  value: 60,
  unit: 'days before the end',
  source: 'CloudBurn, commitments that end within 60 days, read 2026-04-09; AWS Trusted Advisor 1e93e4c0b5 uses 30',
};

const PAST: Threshold = {
  name: 'COMMITMENT_EXPIRED_DAYS',
  value: 30,
  unit: 'days after the end',
  source: 'AWS Trusted Advisor 1e93e4c0b5, reservations that ended in the last 30 days, read 2023-06-30',
};

/** The fields that say what a commitment is and when it ends; a time is a text, or seconds since 1970 in answers of OpenSearch Service. */
const Fields = z.object({
  State: z.string(),
  End: z.string().optional(),
  StartTime: z.union([z.string(), z.number()]).optional(),
  Duration: z.int().positive().optional(),
  SavingsPlanType: z.string().optional(),
  InstanceType: z.string().optional(),
  DBInstanceClass: z.string().optional(),
  CacheNodeType: z.string().optional(),
  NodeType: z.string().optional(),
  ElasticsearchInstanceType: z.string().optional(),
});

/** Savings Plans answer in camel case, everything else in Pascal case. */
const Commitment = z.preprocess((item) => {
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key.replace(/^[a-z]/, capital), value]));
}, Fields);
type Commitment = z.infer<typeof Fields>;

const capital = (letter: string): string => letter.toUpperCase();

/** Days from `as_of` to the end of a commitment; below 0 when it has ended: cited = the commitment. */
export const daysToEnd = defineDerivation({
  package: 'finops',
  name: 'commitment-days-to-end',
  version: 1,
  compute: (cited, params) => {
    const { as_of } = z.object({ as_of: z.iso.date() }).parse(params);
    return String(daysUntil(z.iso.datetime().parse(endOf(Commitment.parse(cited[0]))), as_of));
  },
});

/** Reserved capacity or a Savings Plan that ends soon or has just ended. */
export const commitmentsExpiring = defineRule({
  id: 'commitments-expiring',
  ref: 'COM-06',
  role: 'pricing',
  service: 'commitments',
  title: 'Commitment that ends soon',
  appliesTo: 'Commitment',
  reads: [],
  actionType: 'Review',
  step: 'commitment',
  severity: 6,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'savingsplans:DescribeSavingsPlans State, End',
    'ec2:DescribeReservedInstances State, End',
    'DescribeReserved* of RDS, ElastiCache, OpenSearch Service, Redshift and MemoryDB: State, StartTime, Duration',
  ],
  formula:
    'No saving is computed: from the day on, what it covered is charged on demand; the commitment analysis says what to buy',
  implementation: [
    'Look at what the commitment covers today and what of it remains after the other advice of this report.',
    'Queue or buy a renewal for that part, to start on the day it ends.',
  ],
  rollback: 'Not needed: nothing is changed by planning; a commitment once bought cannot be given back.',
  documentation: 'https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-renew.html',
  thresholds: [AHEAD, PAST],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/savingsplans/latest/APIReference/API_DescribeSavingsPlans.html',
  ],
  derivations: [daysToEnd],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Commitment, subject.item);
  if (!item.ok) return item.verdict;
  const end = endOf(item.value);
  if (end === undefined) return unknown('FIELD_MISSING', 'The answer has neither an end nor a start with a duration.');
  const left = daysUntil(end, subject.asOf);
  if (Number.isNaN(left)) return unknown('FIELD_MISSING', 'The answer has no usable end.');
  if (!['active', 'retired'].includes(item.value.State.toLowerCase())) return OK;
  if (left > limitOf(subject, AHEAD) || left < -limitOf(subject, PAST)) return OK;
  const source = itemSource(subject);
  const days = figure({
    name: 'days_left',
    unit: 'days',
    derivation: daysToEnd,
    from: [source],
    params: { as_of: subject.asOf },
  });
  return {
    verdict: 'FINDING',
    statement:
      `The ${nameOf(item.value)} ends on ${end.slice(0, 10)}, {days_left} after the date of judgement; ` +
      'what it covers is then charged on demand, so decide what to renew after the other advice of this report.',
    figures: [days.request],
    citations: citationsOf([source]),
    confidence: '0.95',
  };
}

/** When it ends, ISO 8601; `undefined` when the answer does not say. */
function endOf({ End, StartTime, Duration }: Commitment): string | undefined {
  if (End !== undefined) return End;
  if (StartTime === undefined || Duration === undefined) return undefined;
  const startMs = typeof StartTime === 'number' ? StartTime * 1000 : Date.parse(StartTime);
  return Number.isNaN(startMs) ? undefined : new Date(startMs + Duration * 1000).toISOString();
}

function nameOf(commitment: Commitment): string {
  const { SavingsPlanType, InstanceType, DBInstanceClass, CacheNodeType, NodeType } = commitment;
  if (SavingsPlanType !== undefined) return `${SavingsPlanType} Savings Plan`;
  const of = InstanceType ?? DBInstanceClass ?? CacheNodeType ?? NodeType ?? commitment.ElasticsearchInstanceType;
  return of === undefined ? 'reservation' : `reservation of ${of}`;
}

/** Whole days from one date to the day of an instant. */
const daysUntil = (instant: string, asOf: string): number => 0 - daysBefore(asOf, `${instant.slice(0, 10)}T00:00:00Z`);
