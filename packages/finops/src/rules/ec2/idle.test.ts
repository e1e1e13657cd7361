import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anInstance } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ec2Idle } from './idle.ts';

const PRICES = { 'ec2/us-east-1/linux/m5.large': '0.0960' };
const cpu = (value: number, days = 14) => aSeries('CPUUtilization', hourly(days, value), { stat: 'Maximum', line: 1 });
const traffic = (bytesAnHour: number, days = 14) => [
  aSeries('NetworkIn', hourly(days, bytesAnHour), { stat: 'Sum', line: 2 }),
  aSeries('NetworkOut', hourly(days, bytesAnHour), { stat: 'Sum', line: 3 }),
];
const judge = (series: Parameters<typeof aSubject>[0]['series'], more: object = {}) =>
  judged(ec2Idle, aSubject({ of: anInstance(), prices: PRICES, series: series ?? [], ...more }));

describe('ec2Idle', () => {
  it('stops an m5.large below 5 % CPU and 5 MB a day for 70.08 a month', () => {
    expect(judge([cpu(4.9), ...traffic(100_000)])).toStrictEqual({
      verdict: 'FINDING',
      figures: { cpu_max: '4.9', network_max: '4.8', days: '14', list_cost: '70.08', list_saving: '70.08' },
    });
  });

  it.each([
    ['reaches 5 % CPU', [cpu(5), ...traffic(0)], {}],
    ['moves 5 MB in one day', [cpu(1), ...traffic(104_167)], {}],
    ['is above a lower configured limit', [cpu(4.9), ...traffic(0)], { settings: { AWS_IDLE_CPU_THRESHOLD: 4 } }],
    ['is stopped', [], { of: anInstance({ State: { Name: 'stopped' } }) }],
  ])('says nothing about an instance that %s', (_, series, more) => {
    expect(judge(series, more)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['profiles aws-co and classic', 4.9, 1, 10_000],
    ['profile aws-co', 4.9, 1, 100_000],
    ['profile classic', 60, 4.9, 10_000],
  ])('says which profiles agree: %s', (profiles, peak, mean, bytesAnHour) => {
    const average = aSeries('CPUUtilization', hourly(14, mean), { stat: 'Average', line: 4 });
    const series = [cpu(peak), average, ...traffic(bytesAnHour)];
    const verdict = ec2Idle.judge(aSubject({ of: anInstance(), prices: PRICES, series }));

    expect(verdict).toMatchObject({ verdict: 'FINDING', statement: expect.stringContaining(`idle by ${profiles}:`) });
    expect(judge(series).figures).toHaveProperty(profiles === 'profile classic' ? 'cpu_mean' : 'cpu_max');
  });

  it.each([
    ['its mean CPU is 5 %', 60, 5, 10_000],
    ['it moves 1 MB a day and peaks', 60, 1, 21_000],
  ])('is OK by both profiles when %s', (_, peak, mean, bytesAnHour) => {
    const average = aSeries('CPUUtilization', hourly(14, mean), { stat: 'Average', line: 4 });

    expect(judge([cpu(peak), average, ...traffic(bytesAnHour)])).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes mean CPU where peaks are missing, and believes it less', () => {
    const mean = aSeries('CPUUtilization', hourly(14, 1), { stat: 'Average' });
    const verdict = ec2Idle.judge(aSubject({ of: anInstance(), prices: PRICES, series: [mean, ...traffic(0)] }));

    expect(verdict).toMatchObject({ verdict: 'FINDING', confidence: '0.70' });
    expect(verdict).toMatchObject({ statement: expect.stringContaining('mean CPU') });
  });

  it.each([
    ['NO_METRICS', 'there are no metrics', []],
    ['NO_METRICS', 'network was not measured', [cpu(1)]],
    ['METRICS_INCOMPLETE', 'CPU covers 13 days', [cpu(1, 13), ...traffic(0)]],
    ['METRICS_INCOMPLETE', 'network covers 13 days', [cpu(1), ...traffic(0, 13)]],
    [
      'METRICS_INCOMPLETE',
      'one step in five is missing',
      [
        aSeries(
          'CPUUtilization',
          hourly(14, 1).map((one, hour) => (hour % 5 === 0 ? null : one)),
          { stat: 'Maximum' },
        ),
      ],
    ],
    [
      'METRICS_INCOMPLETE',
      'the metrics end a month ago',
      [aSeries('CPUUtilization', hourly(14, 1), { stat: 'Maximum', start: '2026-10-01T00:00:00Z' })],
    ],
  ])('cannot know (%s) when %s', (reason, _, series) => {
    expect(judge(series)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('has no dollars without a price', () => {
    expect(judge([cpu(1), ...traffic(0)], { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
