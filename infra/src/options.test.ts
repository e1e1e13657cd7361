import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('a deployment needs no option', () => {
  expect(readOptions({})).toStrictEqual({
    prefix: 'infrafabric',
    tenant: 'local',
    alarmEmail: '',
    budgetMonthlyUsd: '500',
    costBaselineUsdDay: '10',
    apiTokenSha256: '',
    regions: 'all',
    logDays: 30,
    sessionDays: 400,
  });
});

test.each([
  [{ prefix: 'Acme' }, 'prefix'],
  [{ tenant: 'a/b' }, 'tenant'],
  [{ regions: 'eu-central-1, us-east-1' }, 'regions'],
  [{ logDays: '31' }, 'logDays'],
  [{ sessionDays: 1 }, 'sessionDays'],
  [{ budgetMonthlyUsd: '1,000' }, 'budgetMonthlyUsd'],
  [{ apiTokenSha256: 'secret' }, 'apiTokenSha256'],
])('%j is refused by its name', (given, name) => {
  expect(() => readOptions(given)).toThrow(`context value ${name}`);
});

test('regions of every partition are understood', () => {
  expect(readOptions({ regions: 'eu-central-1,us-gov-west-1,cn-north-1' }).regions).toContain('us-gov-west-1');
});
