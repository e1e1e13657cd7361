import type { Claim } from '@infrafabric/protocol';
import { makeClaim } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { answerOf } from './answer.ts';
import type { ReportFinding } from './model.ts';

const EVENT = { filter: { ServiceName: 'AmazonRDS' }, from: '2026-10-03', to: '2026-10-05' };

const claim = (topic: string, params = {}): Claim =>
  makeClaim({
    topic,
    statement: `About ${topic} ${JSON.stringify(params)}.`,
    figures: [
      {
        name: 'impact',
        value: '1.00',
        unit: 'USD',
        derivation: { id: 'finops/cost-anomaly@1', params },
        citations: [],
      },
    ],
    citations: [],
    confidence: '0.95',
    role: 'budget',
  });

const CLAIMS = [
  claim('spend/total'),
  claim('answer/change/service'),
  claim('answer/change'),
  claim('trend/fastest/7-days'),
  claim('anomaly/summary'),
  claim('anomaly/up', EVENT),
  claim('anomaly/up', { ...EVENT, filter: { ServiceName: 'AmazonEC2' } }),
  claim('anomaly/down', { ...EVENT, from: '2026-09-01', to: '2026-09-02' }),
  claim('forecast/month-end'),
  claim('budget/breach'),
  claim('rule/idle'),
];

const idOf = (topic: string): string => CLAIMS.find((one) => one.topic === topic)?.id ?? '';

const FINDING = {
  id: 'f',
  verdict: 'FINDING',
  rule: 'rds-idle',
  ref: 'RDS-01',
  role: 'rightsizing',
  service: 'rds',
  resource: { account: '1', region: 'us-east-1', type: 'RdsDbInstance', id: 'db1' },
  claim: idOf('rule/idle'),
  step: 'terminate',
  priority: 'high',
  net: { effective: '5.00', cash_now: '5.00', freed_commitment: '0.00' },
} as ReportFinding;

const ask = (
  question: string | null,
  claims: readonly Claim[] = CLAIMS,
  notes: { code: string; detail: string }[] = [],
) => answerOf({ question, as_of: '2026-11-20' }, { claims, findings: [FINDING], notes, rules: [] }).answer;

const topics = (question: string): string[] =>
  (ask(question)?.claims ?? []).map((id) => CLAIMS.find((one) => one.id === id)?.topic ?? '?');

describe('the answer of a report', () => {
  test('is not there without a question', () => {
    expect(ask(null)).toBe(undefined);
  });

  test.each([
    ['why did costs change?', ['answer/change', 'answer/change/service']],
    ['what grows fastest?', ['answer/change', 'answer/change/service', 'trend/fastest/7-days']],
    ['any anomalies?', ['anomaly/summary', 'anomaly/down', 'anomaly/up', 'anomaly/up']],
    ['any anomalies in RDS in October?', ['anomaly/up']],
    ['will we stay in budget?', ['budget/breach', 'forecast/month-end']],
    ['what is idle?', ['rule/idle']],
    ['how do I save money?', ['rule/idle']],
  ])('to %s is %j', (question, expected) => {
    expect(topics(question)).toStrictEqual(expected);
  });

  test('says what it read the question as', () => {
    expect(ask('why did RDS grow in October?')?.read_as).toBe(
      'why cost changed: month against month, price against quantity, and where; service AmazonRDS; month 2026-10',
    );
  });

  test('admits that nothing fits and says what can be asked', () => {
    const answer = ask('who is the CEO?');
    expect([answer?.intent, answer?.claims, answer?.unanswered, answer?.can_answer?.length]).toStrictEqual([
      'none',
      [],
      'no word of the question says what it is about',
      12,
    ]);
  });

  test('says that a bill is missing, or what the bill does not have', () => {
    expect(ask('how much do we spend?', [])?.unanswered).toBe(
      'it takes a bill (--bill) and the budget agent, and this analysis had not both',
    );
    const note = { code: 'QUESTION_UNANSWERED', detail: 'The question has no answer in this bill: so it is.' };
    expect(ask('how much does Lambda cost?', [claim('spend/total')], [note])?.unanswered).toBe(note.detail);
  });
});
