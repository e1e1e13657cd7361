import { RETENTION_DAYS } from '../retention.ts';
import { type Setting, wholeNumber } from './setting.ts';

/** How long what is kept for people is kept; none of it decides whether a message, a lease or a session is still good. */
export const RETENTION_SETTINGS = {
  deadLetterDays: {
    env: 'INFRAFABRIC_DEAD_LETTER_DAYS',
    key: 'dead_letter_days',
    unit: 'days',
    describe: 'Days a message that nobody could handle is kept for `dlq`',
    source: 'SQS API reference, SetQueueAttributes: a queue keeps a message for 14 days at most',
    fallback: RETENTION_DAYS.deadLetter,
    parse: wholeNumber(1, 3_650),
  } satisfies Setting<number>,
} as const;
