import { oneOf, type Setting } from './setting.ts';

/** What is told to CloudWatch. */
export const TELEMETRY_SETTINGS = {
  cloudwatchMetrics: {
    env: 'ENABLE_CLOUDWATCH_METRICS',
    key: 'enable_cloudwatch_metrics',
    describe:
      'Metrics of agents and analyses: emf writes them into the log, push sends them and the log lines to CloudWatch, true is emf in a Lambda function and push elsewhere',
    fallback: 'off',
    parse: (text) => oneOf('off', 'true', 'emf', 'push')(text === 'false' ? 'off' : text),
  } satisfies Setting<'off' | 'true' | 'emf' | 'push'>,
  cloudwatchNamespace: {
    env: 'CLOUDWATCH_NAMESPACE',
    key: 'cloudwatch_namespace',
    describe: 'CloudWatch namespace of the metrics of agents; those of analyses are in FinOpsAnalyzer',
    fallback: 'InfraFabric/Agents',
    parse: (text) =>
      /^(?!AWS\/)[A-Za-z0-9._/#:-]{1,255}$/.test(text)
        ? { value: text }
        : { expected: '1 to 255 of A-Z, a-z, 0-9 and ._-/#: that do not begin with AWS/' },
  } satisfies Setting<string>,
  metricsBySession: {
    env: 'INFRAFABRIC_METRICS_BY_SESSION',
    key: 'metrics_by_session',
    describe: 'Record metrics of agents by session too; CloudWatch charges for every session as for a metric',
    fallback: 'off',
    parse: oneOf('on', 'off'),
  } satisfies Setting<'on' | 'off'>,
  logGroup: {
    env: 'LOG_GROUP',
    key: 'log_group',
    describe: 'CloudWatch log group of the lines that are pushed, a stream for each session and agent',
    fallback: '/infrafabric/agents',
    parse: (text) =>
      /^[A-Za-z0-9._/#-]{1,512}$/.test(text) ? { value: text } : { expected: '1 to 512 of A-Z, a-z, 0-9 and ._-/#' },
  } satisfies Setting<string>,
} as const;
