import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anInstance } from '../../testing/index.ts';
import { aType, hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ec2Oversized } from './oversized.ts';

const TYPES = {
  'm5.large': aType(2, '8'),
  'm5.xlarge': aType(4, '16'),
  't3.xlarge': aType(4, '16', { burstable: true }),
  't3.large': aType(2, '8', { burstable: true }),
};
const PRICES = { 'ec2/us-east-1/linux/m5.large': '0.0960', 'ec2/us-east-1/linux/m5.xlarge': '0.1920' };
const ONLY_NOW = { 'ec2/us-east-1/linux/m5.xlarge': '0.1920' };
const cpu = (value: number) => aSeries('CPUUtilization', hourly(14, value), { stat: 'Maximum', line: 1 });
const memory = (value: number) =>
  aSeries('mem_used_percent', hourly(14, value), {
    namespace: 'CWAgent',
    dimensions: { InstanceId: 'i-0123456789abcdef0', ImageId: 'ami-1' },
    stat: 'Maximum',
    line: 2,
  });
const subject = (series: ReturnType<typeof cpu>[], item: JsonObject = {}, prices: Record<string, string> = PRICES) =>
  aSubject({ of: anInstance({ InstanceType: 'm5.xlarge', ...item }), prices, instanceTypes: TYPES, series });

/** 336 hours at 10 % CPU, the first of them at 95 %. */
const busy = (hours: number) =>
  aSeries(
    'CPUUtilization',
    hourly(14, 10).map((value, hour) => (hour < hours ? 95 : value)),
    { stat: 'Maximum' },
  );

describe('ec2Oversized', () => {
  it.each([
    [19.9, '19.9', true],
    [20, undefined, false],
  ])('says that profile classic calls a mean CPU of %s underused, or not', (mean, cpu_mean, isUnderused) => {
    const average = aSeries('CPUUtilization', hourly(14, mean), { stat: 'Average', line: 3 });
    const one = subject([cpu(40), average, memory(39)]);

    expect(judged(ec2Oversized, one).figures['cpu_mean']).toBe(cpu_mean);
    expect(JSON.stringify(ec2Oversized.judge(one)).includes('profile classic')).toBe(isUnderused);
  });

  it('halves an m5.xlarge whose CPU and memory fit, for 70.08 a month', () => {
    expect(judged(ec2Oversized, subject([cpu(40), memory(39)]))).toStrictEqual({
      verdict: 'FINDING',
      figures: {
        cpu_used: '40',
        projected_cpu: '80',
        projected_memory: '78',
        performance_risk: '2.4',
        cpu_headroom: '20',
        memory_headroom: '20',
        list_cost: '140.16',
        list_saving: '70.08',
      },
    });
  });

  it('believes little and says so when memory was not measured and no type keeps it for less', () => {
    const verdict = ec2Oversized.judge(subject([cpu(10)]));

    expect(verdict).toMatchObject({ verdict: 'FINDING', confidence: '0.40', target: { instance_type: 'm5.large' } });
    expect(verdict).toMatchObject({ statement: expect.stringContaining('install the CloudWatch agent before acting') });
  });

  it('takes memory that nobody measured from no instance whose CPU is in use: which cheaper type does is not known', () => {
    const instanceTypes = { ...TYPES, 'c5.xlarge': aType(4, '8'), 'm5.xlarge': aType(4, '16') };
    const prices = { ...ONLY_NOW, 'ec2/us-east-1/linux/c5.xlarge': '0.1700' };
    const of = anInstance({ InstanceType: 'm5.xlarge' });
    const verdictOf = (series: ReturnType<typeof cpu>[]) =>
      judged(ec2Oversized, aSubject({ of, prices, instanceTypes, series }));

    expect(verdictOf([cpu(60)])).toStrictEqual({ verdict: 'UNKNOWN', reason: 'NO_METRICS', figures: {} });
    expect(verdictOf([cpu(60), memory(30)]).figures['list_saving']).toBe('16.06');
  });

  it('sizes by the 99.5th percentile: one busy hour of 336 does not decide, two do', () => {
    expect(judged(ec2Oversized, subject([busy(1), memory(10)])).figures['cpu_used']).toBe('10');
    expect(judged(ec2Oversized, subject([busy(2), memory(10)])).verdict).toBe('OK');
  });

  it.each([
    ['would pass 80 % CPU', [cpu(40.1)], {}],
    ['would pass 80 % memory', [cpu(10), memory(40.1)], {}],
    ['is the smallest size the table knows', [cpu(1)], { InstanceType: 'm5.large' }],
    ['is stopped', [], { State: { Name: 'stopped' } }],
  ])('says nothing about an instance that %s', (_, series, item) => {
    expect(judged(ec2Oversized, subject(series, item))).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each<[string, string, Parameters<typeof subject>]>([
    ['NO_METRICS', 'there are no metrics', [[], {}, PRICES]],
    ['NO_SPECIFICATION', 'the type is not in the table', [[cpu(1)], { InstanceType: 'x9z.large' }, PRICES]],
    ['NO_PRICE', 'there is no price', [[cpu(1), memory(1)], {}, {}]],
    ['NO_PRICE', 'no candidate has a price', [[cpu(1), memory(1)], {}, ONLY_NOW]],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judged(ec2Oversized, subject(...given))).toStrictEqual({
      verdict: 'UNKNOWN',
      reason,
      figures: {},
    });
  });
});
