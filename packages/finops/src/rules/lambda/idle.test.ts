import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { lambdaIdle } from './idle.ts';

const invocations = (values: (number | null)[]) =>
  aSeries('Invocations', values, {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: 'resize' },
    stat: 'Sum',
  });
const judge = (series: ReturnType<typeof invocations>[], settings = {}) =>
  judged(
    lambdaIdle,
    aSubject({ of: anObserved('LambdaFunction', 'resize', { FunctionName: 'resize' }), series, settings }),
  );
const silent = (days: number) => hourly(days, 0).map(() => null);

describe('lambdaIdle', () => {
  it('finds a function without an invocation for 30 days; no datum is no invocation', () => {
    expect(judge([invocations(silent(30))])).toStrictEqual({
      verdict: 'FINDING',
      figures: { invocations: '0', days: '30' },
    });
  });

  it('says nothing after one invocation', () => {
    expect(judge([invocations([...silent(30), 1])])).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('cannot know without 30 days of metrics, or as many as configured', () => {
    expect(judge([]).reason).toBe('NO_METRICS');
    expect(judge([invocations(silent(14))]).reason).toBe('METRICS_INCOMPLETE');
    expect(judge([invocations(silent(14))], { LAMBDA_IDLE_DAYS: 14 }).verdict).toBe('FINDING');
  });
});
