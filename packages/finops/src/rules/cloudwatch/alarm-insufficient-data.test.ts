import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { cloudwatchAlarmInsufficientData } from './alarm-insufficient-data.ts';

const PRICES = { 'cloudwatch/us-east-1/alarm/month': '0.1', 'cloudwatch/us-east-1/alarm-high-resolution/month': '0.3' };
const judge = (item: JsonObject, prices: Record<string, string> = PRICES, settings = {}) =>
  judged(
    cloudwatchAlarmInsufficientData,
    aSubject({
      of: anObserved('CloudWatchAlarm', 'old-queue-depth', {
        AlarmName: 'old-queue-depth',
        StateValue: 'INSUFFICIENT_DATA',
        StateUpdatedTimestamp: '2026-10-21T00:00:00Z',
        Period: 60,
        ...item,
      }),
      prices,
      settings,
    }),
  );
const metric = (period: number): JsonObject => ({ Id: 'm', MetricStat: { Period: period, Stat: 'Sum' } });

describe('cloudwatchAlarmInsufficientData', () => {
  it.each([
    ['of one metric', {}, '0.10'],
    ['of high resolution', { Period: 10 }, '0.30'],
    [
      'of two metrics',
      { Period: undefined, Metrics: [metric(300), metric(300), { Id: 'e', Expression: 'm/m' }] },
      '0.20',
    ],
    ['of two metrics, one of high resolution', { Period: undefined, Metrics: [metric(300), metric(30)] }, '0.60'],
  ])('finds an alarm %s without data for 30 days', (_, item, usd) => {
    expect(judge(item)).toStrictEqual({
      verdict: 'FINDING',
      figures: { silent_days: '30', list_cost: usd, list_saving: usd },
    });
  });

  it.each([
    ['with data', { StateValue: 'OK' }],
    ['that rings', { StateValue: 'ALARM' }],
    ['without data for 29 days', { StateUpdatedTimestamp: '2026-10-22T00:00:00Z' }],
    ['made of other alarms', { AlarmRule: 'ALARM(a)', Period: undefined }],
    ['that detects anomalies', { ThresholdMetricId: 'ad1' }],
    [
      'that queries metrics',
      { Metrics: [{ Id: 'q', Expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2")' }] },
    ],
  ])('says nothing about an alarm %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the days from the settings', () => {
    expect(judge({}, PRICES, { CLOUDWATCH_ALARM_SILENT_DAYS: 31 }).verdict).toBe('OK');
  });

  it('has no dollars without a price, and cannot know without a time', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ StateUpdatedTimestamp: undefined }).reason).toBe('FIELD_MISSING');
  });
});
