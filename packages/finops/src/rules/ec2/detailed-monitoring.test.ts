import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anInstance } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ec2DetailedMonitoring } from './detailed-monitoring.ts';

const tagged = (Value: string): JsonObject => ({ Monitoring: { State: 'enabled' }, Tags: [{ Key: 'env', Value }] });
const judge = (item: JsonObject, prices: Record<string, string> = { 'cloudwatch/us-east-1/metric/month': '0.30' }) =>
  judged(ec2DetailedMonitoring, aSubject({ of: anInstance(item), prices }));

it('finds seven metrics of a test instance, 2.10 a month', () => {
  expect(judge(tagged('test'))).toStrictEqual({
    verdict: 'FINDING',
    figures: { list_cost: '2.10', list_saving: '2.10' },
  });
});

it.each([
  ['in production', tagged('prod')],
  ['with basic monitoring', { Monitoring: { State: 'disabled' } }],
  ['that is stopped', { ...tagged('test'), State: { Name: 'stopped' } }],
])('says OK of an instance %s', (_, item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('cannot know where nothing names the environment, and has no dollars without a price', () => {
  expect(judge({ Monitoring: { State: 'enabled' } }).reason).toBe('FIELD_MISSING');
  expect(judge(tagged('test'), {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
