import {
  type AdvisedPurchase,
  COMMITMENT_SETS,
  type CommitmentAdvice,
  type CommitmentOption as Option,
  type HeldCommitment as Held,
  PAYMENTS,
  PLANS,
  type UnknownTerms as Unknown,
} from '@infrafabric/finops';
import { ClaimId, DecimalString } from '@infrafabric/protocol';
import { z } from 'zod';
import { count, type ShapeOf } from './model-words.ts';

const Purchase = z
  .strictObject({
    scope: z.string().describe('`all regions`, an instance family in a region, or the price that is reserved.'),
    claim: ClaimId.describe('Holds the members below as figures.'),
    commitment: DecimalString.describe('USD an hour of a Savings Plan, or how many reservations.'),
    cost: DecimalString,
    saving: DecimalString,
    saving_at_less_use: DecimalString.describe('When a fifth of the usage goes away; below zero it is a loss.'),
    utilisation: DecimalString.describe('Percent of the commitment that is used.'),
    break_even_month: DecimalString.describe('The month in which the whole cost of the term is earned.'),
    left: DecimalString.describe('What other advice leaves on demand: no more is ever committed to.'),
  } satisfies ShapeOf<AdvisedPurchase>)
  .meta({ id: 'Purchase', description: 'Monthly USD unless said otherwise.' });

const TERMS = {
  set: z.enum(COMMITMENT_SETS),
  plan: z.enum(PLANS),
  years: z.union([z.literal(1), z.literal(3)]),
  payment: z.enum(PAYMENTS),
};

const CommitmentOption = z
  .strictObject({
    ...TERMS,
    counted: z.boolean().describe('Whether the total counts it: options of one set exclude each other.'),
    usd_month: DecimalString,
    purchases: z.array(Purchase).readonly(),
    unpriced: count.describe('Prices that ran without a sourced rate under these terms; their usage is left out.'),
  } satisfies ShapeOf<Option>)
  .meta({ id: 'CommitmentOption' });

const UnknownTerms = z
  .strictObject({ ...TERMS, reason: z.literal('NO_PRICE') } satisfies ShapeOf<Unknown>)
  .meta({ id: 'UnknownTerms', description: 'Nothing can be said: no price that ran has a sourced rate.' });

const HeldCommitment = z
  .strictObject({
    id: z.string().describe('The ARN of a Savings Plan or a reservation.'),
    claim: ClaimId,
    utilisation: DecimalString.describe('Percent of its cost that paid for usage.'),
    unused: DecimalString.describe('USD over the bill that paid for nothing.'),
    is_low: z.boolean().describe('Below 95 percent.'),
  } satisfies ShapeOf<Held>)
  .meta({ id: 'HeldCommitment', description: 'A commitment that the bill names: how much of it was used.' });

/** What to commit to once all other advice is followed. */
export const Commitments = z
  .strictObject({
    claim: ClaimId.describe('Figure `saving`.'),
    usd_month: DecimalString.describe('What the counted options save together, beside the totals of the findings.'),
    usage: z.exactOptional(
      z
        .strictObject({
          from: z.string(),
          hours: count,
          precision: z.enum(['hour', 'day', 'longer']),
        } satisfies ShapeOf<NonNullable<CommitmentAdvice['usage']>>)
        .describe(
          'The hours of the bill that were looked at; absent when nothing ran on demand that a commitment could cover.',
        ),
    ),
    held: z.array(HeldCommitment).readonly(),
    replaces: count.describe('Findings about single resources that this advice stands for.'),
    options: z.array(CommitmentOption).readonly(),
    unknown: z.array(UnknownTerms).readonly(),
  })
  .meta({ id: 'Commitments', description: 'Purchases for all that runs, on what other advice leaves.' });
export type Commitments = z.infer<typeof Commitments>;
