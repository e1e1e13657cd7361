import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { WORKER_ROLES } from '@infrafabric/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Moto, NO_MOTO, startMoto } from '../live/moto.ts';
import { onAws, reportOf, runCommand } from './command-run.ts';
import { type Fleet, openFleet, type Running } from './fleet.ts';
import { type Installation, installation, undisturbedReport } from './installation.ts';

let moto: Moto;
let at: Installation;

beforeAll(async () => {
  at = installation();
  if (NO_MOTO === '') moto = await startMoto();
});
afterAll(() => {
  moto?.stop();
  at.remove();
});

describe.skipIf(NO_MOTO !== '')(`the line on the SNS, SQS, S3 and DynamoDB of moto${NO_MOTO}`, () => {
  test('the whole demo gives the bytes of report.json that the embedded AWS gives, and they verify', async () => {
    const embedded = await runCommand(at, ['demo', '--out', at.out('embedded')], {});
    const pushing = { ...onAws(moto.url), ENABLE_CLOUDWATCH_METRICS: 'push' };
    const aws = await runCommand(at, ['demo', '--llm', 'fake', '--out', at.out('aws')], pushing);
    const verified = await runCommand(at, ['verify', at.out('aws')], {});

    expect([embedded.status, aws.status, verified.status]).toStrictEqual([0, 0, 0]);
    expect(reportOf(at.out('aws'))).toBe(reportOf(at.out('embedded')));
  });

  // The queue hands the next message to the long poll of a killed process, as moto does and AWS may: it comes again after 30 s.
  test('what was pushed meanwhile is found by name in its CloudWatch, a stream of log lines for each agent', async () => {
    const client = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    };
    const { Metrics = [] } = await new CloudWatchClient(client).send(new ListMetricsCommand({}));
    const ours = Metrics.filter(({ Namespace }) => Namespace?.startsWith('AWS/') !== true);
    const streams = new DescribeLogStreamsCommand({ logGroupName: '/infrafabric/agents' });
    const { logStreams = [] } = await new CloudWatchLogsClient(client).send(streams);

    expect([...new Set(ours.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`))].sort()).toStrictEqual([
      'FinOpsAnalyzer AnalysisDuration',
      'FinOpsAnalyzer AnnualSavings',
      'FinOpsAnalyzer MonthlySavings',
      'FinOpsAnalyzer RecommendationsGenerated',
      'FinOpsAnalyzer ResourcesAnalyzed',
      'InfraFabric/Agents CompletionStatus',
      'InfraFabric/Agents CostUsd',
      'InfraFabric/Agents ErrorRate',
      'InfraFabric/Agents ExecutionTime',
      'InfraFabric/Agents LastProgressAge',
      'InfraFabric/Agents QueueDepth',
      'InfraFabric/Agents TokensConsumed',
    ]);
    expect(
      logStreams.map(({ logStreamName }) => logStreamName?.split('/').slice(2).join('/').replace(/-b-.*/, '')),
    ).toStrictEqual([
      'agents/budget',
      'agents/collector',
      'agents/pricing',
      'agents/rightsizing',
      'agents/upgrade-risk',
      'coordinator',
    ]);
  });

  describe('by processes of its own', { timeout: 240_000 }, () => {
    let fleet: Fleet;
    let expected: string;
    let workers: ReadonlyMap<string, Running>;
    let coordinator: Running;
    beforeAll(async () => {
      expected = await undisturbedReport();
      fleet = openFleet(at, onAws(moto.url));
      coordinator = fleet.start('coordinator');
      workers = new Map(WORKER_ROLES.map((role) => [role, fleet.start('worker', '--role', role)]));
      await coordinator.says('coordinator is ready');
      await Promise.all([...workers.values()].map(async (worker) => worker.says('is ready')));
    });
    afterAll(async () => fleet.end());

    test('a worker killed in the middle of its work costs an attempt, not the report', async () => {
      const analysis = fleet.analyze('worker-killed');
      const rightsizing = workers.get('rightsizing');
      await rightsizing?.saysNext('"task-leased"');
      await fleet.start('worker', '--role', 'rightsizing').says('is ready');
      expect(await rightsizing?.kill('SIGKILL')).toBe('SIGKILL');

      expect(await analysis).toBe(expected);
    });

    test('a coordinator killed in the middle is replaced by another one', async () => {
      const analysis = fleet.analyze('coordinator-killed');
      await coordinator.saysNext('"plan-made"');
      await fleet.start('coordinator').says('coordinator is ready');
      expect(await coordinator.kill('SIGKILL')).toBe('SIGKILL');

      expect(await analysis).toBe(expected);
    });
  });
});
