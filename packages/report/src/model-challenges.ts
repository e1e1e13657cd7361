import { FindingId, NO_SECOND_ROAD } from '@infrafabric/finops';
import { ClaimId, DecimalString } from '@infrafabric/protocol';
import { z } from 'zod';
import { count, ResourceRef } from './model-words.ts';

const CHALLENGED_OUTCOMES = ['confirm', 'disconfirm'] as const;

const head = {
  finding: FindingId,
  rule: z.string(),
  resource: ResourceRef,
  claim: ClaimId.describe('The challenged claim; its figure `list_saving` is `claimed`.'),
  claimed: DecimalString.describe('USD a month at list price, as the first agent derived it.'),
  effective: DecimalString.describe('What the finding saves before the challenge, before overlap is removed.'),
};

const Item = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.enum(CHALLENGED_OUTCOMES),
    ...head,
    second_claim: ClaimId.describe('Figures `second_list` and `second_effective`, derived from the bill alone.'),
    verdict_claim: ClaimId.describe('Figure `apart`.'),
    second: DecimalString.describe('USD a month at list price, as the second agent derived it.'),
    apart_percent: DecimalString.describe('Between the two, in percent of `second`.'),
    counted: DecimalString.describe('What counts: the smaller value when disconfirmed, else `effective`.'),
  }),
  z.strictObject({
    outcome: z.literal('not-challengeable'),
    ...head,
    reason: z.enum(NO_SECOND_ROAD),
    detail: z.string(),
  }),
  z.strictObject({ outcome: z.literal('unanswered'), ...head }).describe('No answer: neither confirmed nor lowered.'),
]);

/** Which of the largest savings a second agent derived again, and what it found. */
export const Challenges = z
  .strictObject({
    at_most: count.describe('How many claims of a session are challenged.'),
    looked_at: count.describe('How many of the largest savings are looked at.'),
    tolerance_percent: DecimalString.describe('Further apart is disconfirmed.'),
    confirmed: count,
    disconfirmed: count,
    not_challengeable: count,
    unanswered: count,
    lowered_by: DecimalString.describe('USD a month that disconfirmed savings count less, before overlap is removed.'),
    items: z.array(Item),
  })
  .meta({
    id: 'Challenges',
    description: 'The largest savings, derived a second time from other evidence. Two values are never averaged.',
  });
export type Challenges = z.infer<typeof Challenges>;
