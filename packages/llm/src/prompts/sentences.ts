import { z } from 'zod';

/** Sentences of a model, each with the claims it stands on, by the short names they were sent under. */
export const Sentences = z.strictObject({
  sentences: z
    .array(z.strictObject({ text: z.string().max(2_000), claims: z.array(z.string().max(40)).max(40) }))
    .max(40),
});
export type Sentences = z.infer<typeof Sentences>;

/** What the gate asks of a sentence, told beforehand so that little is refused. */
export const SENTENCE_RULES = [
  'Plain English, one idea a sentence, no markup, no headings, no lists, no links, no quotation marks.',
  'Every sentence names in "claims" the short names (such as c3) of all claims it stands on; a sentence without one is dropped.',
  'Write a number only if it stands in a claim you cite, in digits, as it is there or rounded, with its own unit and period. Never add, subtract, multiply, convert, annualise or compare into a new number, and never write a number in letters.',
  'Amounts are in USD: write 12.50 USD or $12.50. Write dates, instance types, versions, regions and names exactly as the claims do.',
  'Say nothing that no claim says. If the claims do not allow a sentence, leave it out.',
].join('\n');
