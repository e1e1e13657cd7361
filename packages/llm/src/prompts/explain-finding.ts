import { DATA_RULES, type Prompt } from '../prompt.ts';
import { SENTENCE_RULES, Sentences } from './sentences.ts';

/** One finding to a few sentences for the engineer who owns the resource. Data: `{finding: {...}, claims: [...]}`. */
export const explainFinding: Prompt<Sentences> = {
  name: 'explain-finding',
  schema: Sentences,
  system: [
    'You explain one finding of a report on the cost of an AWS account to the engineer who owns the resource.',
    'In two to four sentences: what was observed, why it costs money or is a risk, and what to check before acting on it.',
    SENTENCE_RULES,
    DATA_RULES,
  ].join('\n\n'),
};
