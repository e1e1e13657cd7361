import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { lambdaDeprecatedRuntime } from './deprecated-runtime.ts';

const lambda = (item: Record<string, string>, asOf = '2026-11-20') => judged('LambdaFunction', item, { asOf });
const judgedOn = (asOf: string) => lambdaDeprecatedRuntime.judge(lambda({ Runtime: 'nodejs20.x' }, asOf));

test('a deprecated runtime names its block dates and no dollars', () => {
  const subject = lambda({ Runtime: 'provided.al2' });

  expect(lambdaDeprecatedRuntime.judge(subject)).toStrictEqual({
    verdict: 'FINDING',
    statement:
      'Runtime provided.al2 is deprecated: AWS supported it until 2026-07-31. Its creating is blocked from 2027-02-01. ' +
      'Its updating is blocked from 2027-03-03. Functions keep running without security patches; there is no fee.',
    figures: [],
    citations: [subject.citation, subject.lifecycle('aws-lambda/provided.al2')?.citation],
    confidence: '0.90',
    severity: 6,
  });
});

test.for([
  ['python3.10', '2026-10-31', 'OK'],
  ['python3.10', '2026-11-01', 'Runtime python3.10 is deprecated'],
  ['nodejs22.x', '2026-11-20', 'OK'],
  ['cobol85', '2026-11-20', 'UNKNOWN NO_LIFECYCLE'],
] as const)('%s on %s: %s', ([Runtime, asOf, start]) => {
  expect(saying(lambdaDeprecatedRuntime, lambda({ Runtime }, asOf)).startsWith(start)).toBe(true);
});

test('from the day updates are blocked the severity is 8', () => {
  expect(judgedOn('2027-03-02')).toMatchObject({ severity: 6 });
  expect(judgedOn('2027-03-03')).toMatchObject({ severity: 8 });
});

test('an image brings its own runtime; a Zip function without a runtime is UNKNOWN', () => {
  expect(saying(lambdaDeprecatedRuntime, lambda({ PackageType: 'Image' }))).toBe('OK');
  expect(saying(lambdaDeprecatedRuntime, lambda({ PackageType: 'Zip' }))).toContain('UNKNOWN FIELD_MISSING');
});
