import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'LAMBDA_IDLE_DAYS',
  value: 30,
  unit: 'days without an invocation',
  source: 'Flexera policy "AWS Unused Lambda functions", 30 days, read 2026-08-20',
};

const LambdaFunction = z.object({ FunctionName: z.string() });

/** A function nobody invoked for a month. Hygiene without dollars: an idle function costs next to nothing. */
export const lambdaIdle = defineRule({
  id: 'lambda-idle',
  ref: 'LAM-06',
  role: 'rightsizing',
  service: 'lambda',
  title: 'Function nobody invokes',
  appliesTo: 'LambdaFunction',
  reads: [],
  actionType: 'Review',
  step: 'terminate',
  severity: 1,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['lambda:ListFunctions CodeSize', 'AWS/Lambda Invocations Sum'],
  formula: 'No saving is computed: a function that does not run costs next to nothing; it is code nobody patches',
  implementation: [
    'Ask the owner; look at the triggers of the function.',
    'Remove the triggers, wait a month, delete the function.',
  ],
  rollback: 'Deploy the function again from its source.',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  thresholds: [IDLE_DAYS],
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html'],
  derivations: [metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(LambdaFunction, subject.item);
  if (!item.ok) return item.verdict;
  const minDays = limitOf(subject, IDLE_DAYS);
  const idle = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/Lambda', metric: 'Invocations', stats: ['Sum'], sparse: true, minDays }],
    measure: { name: 'invocations', unit: 'invocations', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  return {
    verdict: 'FINDING',
    statement:
      'The function had {invocations} in {days}; it costs next to nothing, but unused code still has to be patched.',
    figures: [idle.value.measured, idle.value.days],
    citations: citationsOf([itemSource(subject)]),
    confidence: '0.80',
  };
}
