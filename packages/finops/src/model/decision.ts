import { sha256Hex } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { resourceKey } from './resource.ts';

/** `f-` and 16 hex digits: the same rule about the same resource has the same id in every report. */
export const FindingId = z.string().regex(/^f-[0-9a-f]{16}$/, 'expected f-<16 hex>');
export type FindingId = z.infer<typeof FindingId>;

/** Names a finding across reports: the start of the sha256 of its rule and resource key. */
export const findingId = (finding: Pick<Finding, 'rule' | 'resource'>): FindingId =>
  findingIdOf(finding.rule, resourceKey(finding.resource));

/** The same of a rule and a resource key (`account/region/type/id`) as texts. */
export const findingIdOf = (rule: string, resource: string): FindingId =>
  `f-${sha256Hex(`${rule} ${resource}`).slice(0, 16)}`;

/** Stands for every resource in a decision about a whole rule. */
export const ANY_RESOURCE = '*';

const Amount = z.string().regex(/^(0|[1-9][0-9]*)(\.[0-9]+)?$/, 'expected an amount such as 12.50');
const Words = z.string().trim().min(1).max(500);

/** What an accepted finding claimed when it was accepted, and what its resource cost then; USD a month of 30.44 days. */
const Claimed = z.strictObject({
  effective: Amount,
  cost: Amount,
  as_of: z.iso.date(),
  /** Of the report.json that said so. */
  report_sha256: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

/**
 * What a person decided about one finding.
 *
 * `accept`: it will be done; it counts until the finding is gone, and later bills are measured against `claimed`.
 * `snooze`: not before `until`, the first day on which it counts again. `reject`: never, or not before `until`, for a reason.
 * `withdraw`: as if nothing had been decided. `resource` is a resource key; `at` is an ISO 8601 instant in UTC.
 */
export const Decision = z
  .strictObject({
    decision: z.enum(['accept', 'snooze', 'reject', 'withdraw']),
    finding: FindingId,
    rule: Words,
    resource: z.string().min(1).max(2000),
    by: Words,
    at: z.iso.datetime(),
    reason: z.exactOptional(Words),
    until: z.exactOptional(z.iso.date()),
    claimed: z.exactOptional(Claimed),
  })
  .refine((one) => one.finding === findingIdOf(one.rule, one.resource), 'expected `finding` to name rule and resource')
  .refine((one) => one.decision !== 'snooze' || one.until !== undefined, 'expected a snooze to have `until`')
  .refine((one) => one.decision !== 'reject' || one.reason !== undefined, 'expected a rejection to have `reason`');
export type Decision = z.infer<typeof Decision>;

/** Every decision ever made, oldest first: the document decisions are evidence as; the latest about a finding counts. */
export const DecisionDocument = z.strictObject({
  format: z.literal('infrafabric.decisions/1'),
  decisions: z.array(Decision).max(100_000),
});
export type DecisionDocument = z.infer<typeof DecisionDocument>;
