import { FindingId } from '@infrafabric/finops';
import { ClaimId, DecimalString, Digest } from '@infrafabric/protocol';
import { z } from 'zod';
import { count } from '../model-words.ts';

/** A sentence of a model that passed the gate, and the claims it stands on. */
export const Sentence = z.strictObject({ text: z.string().min(1).max(600), claims: z.array(ClaimId).min(1).max(12) });
export type Sentence = z.infer<typeof Sentence>;

const Gap = z.strictObject({ code: z.string().max(40), what: z.string().max(80), detail: z.string().max(400) });

/**
 * narrative.json: what a model wrote about one report, after the gate. It is no evidence, and nothing of report.json depends on
 * it. A refused sentence is counted and its words are nowhere.
 */
export const Narrative = z.strictObject({
  format: z.literal('infrafabric.narrative/1'),
  report_sha256: Digest,
  /** `fake` is a test double on this machine. */
  provider: z.enum(['anthropic', 'bedrock', 'fake']),
  model: z.string().max(120),
  /** Only when no rule understood the question and the model chose among those that can be asked. */
  question: z.exactOptional(z.strictObject({ asked: z.string().max(2_000), read_as: z.string().max(2_000) })),
  summary: z.array(Sentence),
  explanations: z.array(z.strictObject({ finding: FindingId, sentences: z.array(Sentence).min(1) })),
  /** Sentences the gate left out. */
  refused: count,
  /** What was asked for and not written. */
  gaps: z.array(Gap),
  spent: z.strictObject({
    calls: count,
    cached: count,
    input_tokens: count,
    output_tokens: count,
    usd: DecimalString,
  }),
});
export type Narrative = z.infer<typeof Narrative>;
