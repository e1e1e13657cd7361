import { GetMetricDataCommand, ListMetricsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import { type ContractCheck, errorName } from './check.ts';
import { unique } from './clients.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 20, 12, 0, second));

/** What CloudWatch promises the runtime. */
export const TELEMETRY_CHECKS: readonly ContractCheck[] = [
  {
    name: 'metric data is folded by period and statistic',
    service: 'cloudwatch',
    run: async ({ cloudwatch }) => {
      const Namespace = unique('ns');
      const Dimensions = [
        { Name: 'b', Value: '2' },
        { Name: 'a', Value: '1' },
      ];
      await cloudwatch.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: [
            { MetricName: 'm', Dimensions, Timestamp: at(0), Value: 1 },
            { MetricName: 'm', Dimensions, Timestamp: at(59), Values: [4, 2], Counts: [1, 2] },
            { MetricName: 'm', Dimensions: Dimensions.toReversed(), Timestamp: at(60), Value: 10 },
            { MetricName: 'm', Timestamp: at(0), Value: 1000 },
          ],
        }),
      );
      const query = (Id: string, Stat: string) => ({
        Id,
        MetricStat: { Metric: { Namespace, MetricName: 'm', Dimensions }, Period: 60, Stat },
      });
      const stats = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'];
      const found = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: at(0),
          EndTime: at(120),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: stats.map((Stat) => query(Stat.toLowerCase(), Stat)),
        }),
      );
      const values = found.MetricDataResults?.map((result) => [result.Id, result.Values]);
      expect(values).toStrictEqual([
        ['sum', [9, 10]],
        ['average', [2.25, 10]],
        ['minimum', [1, 10]],
        ['maximum', [4, 10]],
        ['samplecount', [4, 1]],
      ]);
      expect(found.MetricDataResults?.[0]?.Timestamps).toStrictEqual([at(0), at(60)]);
      const listed = await cloudwatch.send(new ListMetricsCommand({ Namespace }));
      expect(listed.Metrics).toHaveLength(2);
    },
  },
  {
    name: 'log events are kept, filtered and paged',
    service: 'logs',
    run: async ({ logs }) => {
      const logGroupName = unique('/infrafabric/test');
      const stream = { logGroupName, logStreamName: 's' };
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      expect(await errorName(logs.send(new CreateLogGroupCommand({ logGroupName })))).toBe(
        'ResourceAlreadyExistsException',
      );
      await logs.send(new CreateLogStreamCommand(stream));
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
      const logEvents = ['ERROR one', 'INFO two', 'ERROR three'].map((message, index) => ({
        timestamp: 1_795_000_000_000 + index,
        message,
      }));
      await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
      const filtered = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR', limit: 1 }));
      expect(filtered.events?.map((event) => event.message)).toStrictEqual(['ERROR one']);
      const next = await logs.send(
        new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR', nextToken: filtered.nextToken }),
      );
      expect(next.events?.map((event) => event.message)).toStrictEqual(['ERROR three']);
      const latest = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2 }));
      expect(latest.events?.map((event) => event.message)).toStrictEqual(['INFO two', 'ERROR three']);
      const head = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
      expect(head.events).toHaveLength(3);
      const after = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: head.nextForwardToken }));
      expect([after.events, after.nextForwardToken]).toStrictEqual([[], head.nextForwardToken]);
      const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
      expect(groups.logGroups?.map((group) => group.retentionInDays)).toStrictEqual([30]);
    },
  },
];
