import { expect, test } from 'vitest';
import { PointsByQuery, seriesLine, windowOf } from './metric-series.ts';
import { metricQueries } from './metric-queries.ts';

const NOW = Date.parse('2026-11-20T12:34:56Z');

test('a window is whole hours and ends with the last full one', () => {
  expect(windowOf(NOW, 14)).toStrictEqual({
    startMs: Date.parse('2026-11-06T12:00:00Z'),
    endMs: Date.parse('2026-11-20T12:00:00Z'),
    periodSeconds: 3600,
  });
});

test('points of all pages stand in equal steps with nulls between', () => {
  const window = { ...windowOf(NOW, 1), startMs: Date.parse('2026-11-20T08:00:00Z') };
  const points = new PointsByQuery();
  points.add({ MetricDataResults: [{ Id: 'q0', Timestamps: ['2026-11-20T10:00:00.000Z'], Values: [2.5] }] });
  points.add({
    MetricDataResults: [
      { Id: 'q0', Timestamps: ['2026-11-20T08:00:00.000Z', '2026-11-20T12:00:00.000Z'], Values: [0, 9] },
      { Id: 'q1', Timestamps: [], Values: [] },
    ],
  });
  expect(points.values('q0', window)).toStrictEqual([0, null, 2.5, null]);
  expect(points.values('q1', window)).toStrictEqual([null, null, null, null]);
});

test('a line is what an estate directory holds', () => {
  const query = { namespace: 'AWS/EC2', metric: 'NetworkIn', dimensions: { InstanceId: 'i-1' }, stat: 'Sum', days: 1 };
  const window = { startMs: Date.parse('2026-11-20T10:00:00Z'), endMs: NOW, periodSeconds: 3600 };
  expect(seriesLine(query, window, [1, null])).toStrictEqual({
    text: '{"dimensions":{"InstanceId":"i-1"},"metric":"NetworkIn","namespace":"AWS/EC2","period_seconds":3600,"start":"2026-11-20T10:00:00Z","stat":"Sum","values":[1,null]}\n',
    redactions: 0,
  });
});

test('resources are asked for what their rules read, each series once and in order', () => {
  const instance = { entry: { type: 'Ec2Instance', id: 'i-1' }, item: { State: { Name: 'running' } } } as const;
  const stopped = { entry: { type: 'Ec2Instance', id: 'i-2' }, item: { State: { Name: 'stopped' } } } as const;
  const lambda = { entry: { type: 'LambdaFunction', id: 'f' }, item: {} } as const;
  const asked = metricQueries([lambda, stopped, instance, instance], 14);
  expect(asked.map(({ namespace, metric, stat, days }) => `${namespace} ${metric} ${stat} ${days}`)).toStrictEqual([
    'AWS/EC2 CPUUtilization Average 14',
    'AWS/EC2 CPUUtilization Maximum 14',
    'AWS/EC2 CPUUtilization p99.5 14',
    'AWS/EC2 NetworkIn Sum 14',
    'AWS/EC2 NetworkOut Sum 14',
    'AWS/Lambda Duration Sum 14',
    'AWS/Lambda Invocations Sum 30',
  ]);
  expect(new Set(asked.map((one) => JSON.stringify(one.dimensions)))).toStrictEqual(
    new Set(['{"InstanceId":"i-1"}', '{"FunctionName":"f"}']),
  );
});
