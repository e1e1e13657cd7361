import { Role } from '@infrafabric/protocol';
import { PRODUCT_METRICS, type ProductMetricName } from '@infrafabric/runtime/product-metrics';
import { Duration, type Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Bus } from './bus.ts';
import type { DeployedFunction } from './functions.ts';
import { productMetric } from './metrics.ts';

/** What the dashboard shows. */
export interface Shown {
  readonly prefix: string;
  readonly bus: Bus;
  readonly functions: readonly DeployedFunction[];
  readonly alarms: readonly Alarm[];
}

const THIRD = 8;
const FULL = 24;
const DAY = Duration.days(1);

/** One page: alarms, what analyses found, how the agents do, what waits, what it costs, and the last errors. */
export function createDashboard(stack: Stack, { prefix, bus, functions, alarms }: Shown): Dashboard {
  const rows: readonly (readonly IWidget[])[] = [
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: FULL })],
    [
      single('Found yesterday', ['ResourcesAnalyzed', 'RecommendationsGenerated']),
      single('Savings found (USD)', ['MonthlySavings', 'AnnualSavings']),
      single('Analyses', ['AnalysisDuration', 'Errors']),
    ],
    [byRole('ExecutionTime'), byRole('ErrorRate'), byRole('CompletionStatus')],
    [byRole('QueueDepth'), graph('Waiting and in hand (SQS)', queueLines(bus)), byRole('DeadLetters')],
    [
      byModel('TokensConsumed'),
      byModel('CostUsd'),
      graph('Time since progress', [productMetric('LastProgressAge', { dimensions: { AgentRole: 'coordinator' } })]),
    ],
    [lastErrors(functions)],
  ];
  return new Dashboard(stack, 'Dashboard', {
    dashboardName: prefix,
    defaultInterval: DAY,
    widgets: rows.map((row) => [...row]),
  });
}

function single(title: string, names: readonly ProductMetricName[]): IWidget {
  const metrics = names.map((name) => productMetric(name, { period: DAY, label: name }));
  return new SingleValueWidget({ title, metrics, width: THIRD, height: 6 });
}

function byRole(name: ProductMetricName): IWidget {
  const lines = Role.options.map((role) => productMetric(name, { dimensions: { AgentRole: role }, label: role }));
  return graph(`${name} (${PRODUCT_METRICS[name].unit})`, lines);
}

/** Whichever models have been called; a dashboard cannot know their names. */
function byModel(name: ProductMetricName): IWidget {
  const { namespace, statistic } = PRODUCT_METRICS[name];
  const expression = `SEARCH('{${namespace},AgentRole,ModelType} MetricName="${name}"', '${statistic}', 300)`;
  return graph(`${name} by model`, [new MathExpression({ expression, label: '' })]);
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: THIRD, height: 6 });
}

function queueLines(bus: Bus): IMetric[] {
  return Role.options.flatMap((role) => [
    bus.queuesOf(role).queue.metricApproximateNumberOfMessagesVisible({ label: `${role} waiting` }),
    bus.queuesOf(role).queue.metricApproximateNumberOfMessagesNotVisible({ label: `${role} in hand` }),
  ]);
}

function lastErrors(functions: readonly DeployedFunction[]): IWidget {
  return new LogQueryWidget({
    title: 'Last errors',
    logGroupNames: functions.map(({ logGroup }) => logGroup.logGroupName),
    queryLines: [
      'fields timestamp, session_id, agent_id, event_type, status',
      'filter level = "error"',
      'sort timestamp desc',
      'limit 50',
    ],
    view: LogQueryVisualizationType.TABLE,
    width: FULL,
    height: 6,
  });
}
