import { figureValues } from '@infrafabric/finops/testing';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { lambdaRuntimeEndsSoon } from './runtime-ends-soon.ts';

test.for([
  ['2026-11-01', 'FINDING', { days_left: '180' }],
  ['2026-10-31', 'OK', {}], // 181 days before 2027-04-30
  ['2027-04-30', 'FINDING', { days_left: '0' }],
  ['2027-05-01', 'OK', {}],
] as const)('nodejs22.x on %s is %s', ([asOf, verdict, figures]) => {
  const subject = judged('LambdaFunction', { Runtime: 'nodejs22.x' }, { asOf });

  expect(figureValues(lambdaRuntimeEndsSoon, subject)).toStrictEqual({ verdict, figures });
});

test('an unknown runtime is UNKNOWN', () => {
  expect(saying(lambdaRuntimeEndsSoon, judged('LambdaFunction', { Runtime: 'cobol85' }))).toContain(
    'UNKNOWN NO_LIFECYCLE',
  );
});
