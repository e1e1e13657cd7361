/**
 * How long each class of what is kept is kept, as data: drivers, the deployment and the documentation page read it here.
 *
 * Retention only frees space. Whether a message, a lease, an answer or a letter still counts is decided by its own fields, whether
 * its bytes are gone or not.
 */

/** Days of the classes that a deployment or a setting may choose, unless it does. */
export const RETENTION_DAYS = { session: 400, quarantine: 30, deadLetter: 14, log: 30 } as const;

/** One class of what is kept. */
export interface RetentionClass {
  readonly name: string;
  /** Where it is. */
  readonly place: string;
  readonly kept: string;
  /** What ends it in a deployment, and on one machine. */
  readonly onAws: string;
  readonly embedded: string;
  /** What decides whether it still counts. */
  readonly counts: string;
}

const TABLE_TTL = 'time to live of the table';
const TABLE_TTL_EMBEDDED = 'the embedded table, about a minute late';
const PERSON = 'nothing by itself: `sessions prune`';

/** Every class. */
export const RETENTION: readonly RetentionClass[] = [
  {
    name: 'replay marks of messages that no task tells of',
    place: 'table, `seen#<message>`',
    kept: 'until the message has expired, both clocks may be wrong, and a day',
    onAws: TABLE_TTL,
    embedded: TABLE_TTL_EMBEDDED,
    counts:
      'a mark that is there refuses its message whatever its time; one that is gone too early costs nothing, for a task leases a dispatch once; a message whose time is over is refused without a mark',
  },
  {
    name: 'dead letters',
    place: 'table, `t#<tenant>#dead`',
    kept: `${RETENTION_DAYS.deadLetter} days (\`INFRAFABRIC_DEAD_LETTER_DAYS\`)`,
    onAws: TABLE_TTL,
    embedded: TABLE_TTL_EMBEDDED,
    counts: 'its own end; one that is over is not shown, nor redriven',
  },
  {
    name: 'messages in queues',
    place: 'queues; dead-letter queues until they are taken in',
    kept: '4 days; 14 days',
    onAws: 'SQS',
    embedded: 'the embedded SQS',
    counts: '`expires_at` of the message',
  },
  {
    name: 'quarantine',
    place: 'bucket, `quarantine/<sha256>`; its counts in the table',
    kept: `${RETENTION_DAYS.quarantine} days from the last refusal`,
    onAws: `life cycle of the bucket; ${TABLE_TTL}`,
    embedded: 'counts: the embedded table; wires: nothing',
    counts: 'nothing in it is ever believed',
  },
  {
    name: 'session state',
    place: 'table, `session` and `task#<task>`',
    kept: 'for ever',
    onAws: 'nothing',
    embedded: PERSON,
    counts: '`state`, `fence`, `deadline_ms` and the tick; no time to live is ever set on it',
  },
  {
    name: 'work of sessions',
    place: 'bucket, `s/<session>/blob`: work lists, results, plans',
    kept: `${RETENTION_DAYS.session} days (\`sessionDays\`)`,
    onAws: 'life cycle of the bucket',
    embedded: PERSON,
    counts: 'the hash; what is gone is a named gap',
  },
  {
    name: 'evidence',
    place: 'bucket, `evidence/sha256`, shared by sessions',
    kept: 'for ever; cheaper after a day',
    onAws: 'Intelligent-Tiering',
    embedded: 'nothing',
    counts: 'the hash',
  },
  {
    name: 'reports',
    place: 'bucket, `report/<session>`; `reports/<session>` in the data folder',
    kept: `${RETENTION_DAYS.session} days (\`sessionDays\`)`,
    onAws: 'life cycle of the bucket',
    embedded: 'nothing',
    counts: 'the signatures in it; present expiry of a key is a warning',
  },
  {
    name: 'idempotency keys',
    place: 'bucket, `claim/<sha256>`',
    kept: `${RETENTION_DAYS.session} days (\`sessionDays\`)`,
    onAws: 'life cycle of the bucket',
    embedded: 'nothing',
    counts: 'the claim, as long as it is there',
  },
  {
    name: 'telemetry',
    place: 'log groups; metrics; traces where they are sent',
    kept: `logs ${RETENTION_DAYS.log} days (\`logDays\`); metrics 15 months`,
    onAws: 'CloudWatch',
    embedded: 'nothing',
    counts: 'no decision reads it',
  },
];
