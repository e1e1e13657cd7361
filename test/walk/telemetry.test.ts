import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand, type Statistic } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { isSessionOver, type SessionId, WORKER_ROLES } from '@infrafabric/protocol';
import { type Fabric, openFabric, openTelemetry } from '@infrafabric/runtime';
import { trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, installation, onlySession, report } from './installation.ts';

const at = installation({ ENABLE_CLOUDWATCH_METRICS: 'push', INFRAFABRIC_METRICS_BY_SESSION: 'on' });
const exporter = new InMemorySpanExporter();
const startMs = Date.now();

let fabric: Fabric;
let cloudwatch: CloudWatchClient;
let logs: CloudWatchLogsClient;
let id: SessionId;
/** Everything the process that worked on the session wrote. */
const lines: string[] = [];

/**
 * One session in which everything happens that an alarm watches: the bill's evidence is gone, so that a task fails; the first
 * pricing worker has a bug, so that the first message it takes becomes a dead letter; and a model was asked.
 */
beforeAll(async () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  fabric = await openFabric(at.config);
  cloudwatch = new CloudWatchClient(fabric.clients.base);
  logs = new CloudWatchLogsClient(fabric.clients.base);
  const telemetry = await openTelemetry(fabric, { log: (line) => void lines.push(line), logsEvents: true });
  const { observer } = telemetry;
  const analysis = report(at, 'out', true).catch(() => undefined);
  id = await onlySession(fabric);
  const bill = createHash('sha256').update(readFileSync(at.bill)).digest('hex');
  await fabric.clients.s3.send(
    new DeleteObjectCommand({ Bucket: fabric.addresses.bucketName, Key: `t/local/evidence/sha256/${bill}` }),
  );

  const buggy = new AbortController();
  let first: string | undefined;
  const failing = fabric.mailboxOf('pricing').consume(
    async ({ message: { message_id } }) => {
      first ??= message_id;
      if (message_id === first) throw new TypeError('a bug of ours');
      return { verdict: 'retry', reason: { code: 'NOT_NOW', message: '' }, afterMs: 1_000 };
    },
    { signal: buggy.signal },
  );
  const coordinator = fabric.startCoordinator(observer);
  const run = coordinator.run(id);
  const workers = WORKER_ROLES.filter((role) => role !== 'pricing').map((role) => fabric.startWorker(role, observer));
  telemetry.watchSessions();
  await eventually(async () => ((await deadLetters()) > 0 ? true : undefined));
  await telemetry.recordGauges();
  buggy.abort();
  await failing;
  workers.push(fabric.startWorker('pricing', observer));
  observer.event({
    type: 'model-called',
    session_id: id,
    at_ms: fabric.clock.nowMs(),
    model: 'a-model',
    input_tokens: 100,
    output_tokens: 20,
    usd: '0.25',
  });
  await eventually(async () => {
    const session = await fabric.state.session(id);
    return session !== undefined && isSessionOver(session.state) ? true : undefined;
  });
  await run;
  await coordinator.close();
  await Promise.all(workers.map(async (worker) => worker.close()));
  await telemetry.close();
  await analysis;
});
afterAll(async () => {
  trace.disable();
  await fabric.close();
  at.remove();
});

async function deadLetters(): Promise<number> {
  return (await fabric.deadLetters.list()).filter(({ role }) => role === 'pricing').length;
}

/** One value of a metric over the whole session, as an alarm would ask for it. */
async function valueOf(
  MetricName: string,
  Stat: Statistic,
  dimensions: Readonly<Record<string, string>>,
  Namespace = 'InfraFabric/Agents',
): Promise<number | undefined> {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(startMs - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      MetricDataQueries: [
        { Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 86_400, Stat } },
      ],
    }),
  );
  return MetricDataResults?.[0]?.Values?.[0];
}

test('the inputs of every alarm are there after a session: errors, no progress, cost, dead letters', async () => {
  // The collector of the bill failed, and no one else did before what needs the bill.
  expect(await valueOf('ErrorRate', 'Average', { AgentRole: 'collector' })).toBeGreaterThan(5);
  expect(await valueOf('CompletionStatus', 'Sum', { AgentRole: 'collector' })).toBe(1);
  expect(await valueOf('LastProgressAge', 'Maximum', { AgentRole: 'coordinator' })).toBeGreaterThanOrEqual(0);
  expect(await valueOf('CostUsd', 'Sum', {})).toBe(0.25);
  expect([await deadLetters(), await valueOf('DeadLetters', 'Sum', { AgentRole: 'pricing' })]).toStrictEqual([1, 1]);
});

test('the other metrics of the catalogue can be asked for by name, also by session where that is set', async () => {
  const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({}));

  expect([...new Set(Metrics.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`))].sort()).toStrictEqual([
    'FinOpsAnalyzer AnalysisDuration',
    'FinOpsAnalyzer AnnualSavings',
    'FinOpsAnalyzer Errors',
    'FinOpsAnalyzer MonthlySavings',
    'FinOpsAnalyzer RecommendationsGenerated',
    'FinOpsAnalyzer ResourcesAnalyzed',
    'InfraFabric/Agents CompletionStatus',
    'InfraFabric/Agents CostUsd',
    'InfraFabric/Agents DeadLetters',
    'InfraFabric/Agents ErrorRate',
    'InfraFabric/Agents ExecutionTime',
    'InfraFabric/Agents LastProgressAge',
    'InfraFabric/Agents QueueDepth',
    'InfraFabric/Agents TokensConsumed',
  ]);
  expect(await valueOf('TokensConsumed', 'Sum', { AgentRole: 'coordinator', ModelType: 'a-model' })).toBe(120);
  expect(await valueOf('QueueDepth', 'Maximum', { AgentRole: 'pricing' })).toBeGreaterThan(0);
  expect(await valueOf('ExecutionTime', 'SampleCount', { AgentRole: 'rightsizing', SessionId: id })).toBeGreaterThan(0);
  expect(await valueOf('Errors', 'Sum', { ErrorType: 'EVIDENCE_MISSING' }, 'FinOpsAnalyzer')).toBeGreaterThan(0);
  expect(await valueOf('ResourcesAnalyzed', 'Sum', { Region: 'eu-west-1' }, 'FinOpsAnalyzer')).toBeGreaterThan(0);
});

test('every task that ended is counted once', async () => {
  const tasks = await fabric.state.taskStatuses(id);

  const counted = await Promise.all(
    WORKER_ROLES.map(async (AgentRole) => valueOf('CompletionStatus', 'SampleCount', { AgentRole })),
  );
  expect(counted).toStrictEqual(WORKER_ROLES.map((role) => tasks.filter((task) => task.role === role).length));
});

test('the log lines stand in a stream for each agent, in one trace, without content or secrets', async () => {
  const logGroupName = '/infrafabric/agents';
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 10_000 }));
  const streams = [...new Set(events.map(({ logStreamName }) => logStreamName ?? ''))].sort();
  const told = events.map(({ message }): Record<string, unknown> => JSON.parse(message ?? '{}'));

  expect(streams.map((name) => name.replace(id, 'ID').replace(/-b-.*/, ''))).toStrictEqual([
    'sessions/ID/agents/budget',
    'sessions/ID/agents/collector',
    'sessions/ID/agents/pricing',
    'sessions/ID/agents/rightsizing',
    'sessions/ID/agents/upgrade-risk',
    'sessions/ID/coordinator',
  ]);
  expect(new Set(events.map(({ message }) => message))).toStrictEqual(new Set(lines));
  expect(new Set(told.map((line) => line['trace_id'])).size).toBe(1);
  expect(told.filter((line) => line['event_type'] === 'session-ended')).toMatchObject([
    { session_id: id, status: 'gaps', level: 'info' },
  ]);
  expect(/arn:aws|BillingAccountId|ChargePeriod|\bi-[0-9a-f]{8}|vol-/.exec(lines.join('\n'))).toBe(null);
});

test('a session is one trace with one root: every other span has the span that asked for it', async () => {
  const spans = exporter.getFinishedSpans();
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;
  const roots = spans.filter((span) => parentOf(span) === undefined);
  const orphans = spans.filter((span) => !ids.has(parentOf(span) ?? ids.values().next().value ?? ''));

  expect(roots.map(({ name }) => name)).toStrictEqual(['session']);
  expect(orphans).toStrictEqual([]);
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  expect(new Set(spans.map(({ name }) => name))).toStrictEqual(new Set(['session', 'coordinate', 'task']));
  expect(spans.filter(({ name }) => name === 'task').length).toBeGreaterThanOrEqual(
    // The poisoned one was never begun.
    (await fabric.state.taskStatuses(id)).filter(({ code }) => code !== 'POISON').length,
  );
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ trace_id: roots[0]?.spanContext().traceId });
});
