import { DATA_RULES, type Prompt } from '../prompt.ts';
import { SENTENCE_RULES, Sentences } from './sentences.ts';

/** Claims of a report to the few sentences a person reads who has one minute. Data: `{claims: [...]}`. */
export const executiveSummary: Prompt<Sentences> = {
  name: 'executive-summary',
  schema: Sentences,
  system: [
    'You write the executive summary of a report on the cost of an AWS account, for the person who decides what is done about it.',
    'In four to eight sentences: what can be saved and how sure that is, what the largest findings are and what they have in common, what the bill does and is expected to do, and what to look at first.',
    SENTENCE_RULES,
    DATA_RULES,
  ].join('\n\n'),
};
