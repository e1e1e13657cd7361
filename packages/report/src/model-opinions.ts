import { FindingId, OPINION_REASONS, type SecondOpinion as Opinion } from '@infrafabric/finops';
import { ClaimId, DecimalString } from '@infrafabric/protocol';
import { z } from 'zod';
import type { ShapeOf } from './model-words.ts';

const Source = z.enum(['CostOptimizationHub', 'ComputeOptimizer', 'TrustedAdvisor']);

const SecondOpinion = z
  .strictObject({
    verdict: z.enum(['agree', 'only-aws', 'only-us']),
    reason: z.enum(OPINION_REASONS),
    detail: z.string(),
    account: z.string(),
    region: z.string(),
    type: z.string().describe('As AWS spells it, or the type of our resource.'),
    id: z.string(),
    source: z.exactOptional(Source),
    says: z.exactOptional(z.string().describe('The word of AWS: an action, a finding or the title of a check.')),
    rules: z.array(z.string()).readonly().describe('Our rules about the same thing.'),
    findings: z.array(FindingId).readonly(),
    aws_claim: z.exactOptional(ClaimId.describe('Cites the answer of AWS; its amounts and percentage are figures.')),
    aws_usd_month: z.exactOptional(DecimalString),
    our_usd_month: z.exactOptional(DecimalString.describe('Effective saving, before overlap is removed.')),
    flag: z.exactOptional(z.string().describe('Why the percentage AWS states does not follow from its own amounts.')),
  } satisfies ShapeOf<Opinion>)
  .meta({ id: 'SecondOpinion' });

/** What AWS itself says of the same resources. */
export const SecondOpinions = z
  .strictObject({
    asked: z.array(Source).describe('Services of AWS whose answers are among the inputs.'),
    opinions: z.array(SecondOpinion),
  })
  .meta({
    id: 'SecondOpinions',
    description: 'What AWS advises beside what we advise, by resource, with the reason where they differ.',
  });
