import { WORKER_ROLES } from '@infrafabric/protocol';
import { dimensionSets, PRODUCT_METRICS, type ProductMetricName } from '@infrafabric/runtime/product-metrics';
import { expect, test } from 'vitest';
import { productMetric } from './metrics.ts';
import { type Json, ofType, synthesized } from './testing/template.ts';

const resources = synthesized({ costBaselineUsdDay: '20', alarmEmail: 'ops@example.com', budgetMonthlyUsd: '42.50' });
const alarms = new Map(
  ofType(resources, 'AWS::CloudWatch::Alarm').map((one) => [one.properties.AlarmName, one.properties]),
);
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:infrafabric-alarms';

test.each([
  ['errors-pricing', { MetricName: 'ErrorRate', Statistic: 'Average', Threshold: 5, Period: 300 }],
  ['no-progress', { MetricName: 'LastProgressAge', Statistic: 'Maximum', Threshold: 1_800, Period: 300 }],
  ['run-cost', { MetricName: 'CostUsd', Statistic: 'Sum', Threshold: 26, Period: 86_400 }],
  ['dead-letters-budget', { MetricName: 'DeadLetters', Threshold: 0, Period: 300 }],
  ['failed-start', { MetricName: 'Errors', Namespace: 'AWS/Lambda', Statistic: 'Sum', Threshold: 0, Period: 300 }],
])('%s is an alarm above %j, and quiet without data', (name, watched) => {
  expect(alarms.get(`infrafabric-${name}`)).toMatchObject({
    ...watched,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('the alarm of cost says what it compares', () => {
  expect(alarms.get('infrafabric-run-cost')?.AlarmDescription).toBe(
    'Cost 30 % over baseline: models and paid reads of a day, against 20 USD',
  );
});

test('a sweeper that is not called for 15 minutes is an alarm', () => {
  expect(alarms.get('infrafabric-silent-sweeper')).toMatchObject({
    MetricName: 'Invocations',
    Statistic: 'Sum',
    Period: 900,
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    TreatMissingData: 'breaching',
  });
});

test('there is one alarm for the errors of each worker and the dead letters of each role, and every alarm tells the topic', () => {
  const names = [...alarms.keys()];
  expect(names.filter((name) => name.startsWith('infrafabric-errors-'))).toStrictEqual(
    WORKER_ROLES.map((role) => `infrafabric-errors-${role}`),
  );
  expect(names.filter((name) => name.startsWith('infrafabric-dead-letters-'))).toHaveLength(6);
  expect(names).toHaveLength(17);
  for (const alarm of alarms.values()) expect([alarm.AlarmActions, alarm.OKActions]).toStrictEqual([[TOPIC], [TOPIC]]);
});

test('alarms, the budget and cost anomalies may publish on the topic, and a person hears of them', () => {
  const policy = ofType(resources, 'AWS::SNS::TopicPolicy')
    .map((one): Json => one.properties.PolicyDocument.Statement)
    .find((statements) => statements[0].Resource === TOPIC);
  const may = policy.filter((one: Json) => one.Effect === 'Allow').map((one: Json) => one.Principal.Service);

  expect(may).toStrictEqual(['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'costalerts.amazonaws.com']);
  const mails = ofType(resources, 'AWS::SNS::Subscription').filter((one) => one.properties.Protocol === 'email');
  expect(mails.map((one) => one.properties.Endpoint)).toStrictEqual(['ops@example.com']);
});

test('the budget warns at 80 % and at a forecast over it; a day 30 % over what AWS expects is an anomaly', () => {
  const [budget] = ofType(resources, 'AWS::Budgets::Budget').map((one) => one.properties);
  expect(budget.Budget.BudgetLimit).toStrictEqual({ Amount: 42.5, Unit: 'USD' });
  const told = budget.NotificationsWithSubscribers.map(({ Notification, Subscribers }: Json) => [
    Notification.NotificationType,
    Notification.Threshold,
    Subscribers[0].Address,
  ]);
  expect(told).toStrictEqual([
    ['ACTUAL', 80, TOPIC],
    ['FORECASTED', 100, TOPIC],
  ]);
  const [anomalies] = ofType(resources, 'AWS::CE::AnomalySubscription').map((one) => one.properties);
  expect(JSON.parse(anomalies.ThresholdExpression).Dimensions).toStrictEqual({
    Key: 'ANOMALY_TOTAL_IMPACT_PERCENTAGE',
    MatchOptions: ['GREATER_THAN_OR_EQUAL'],
    Values: ['30'],
  });
});

test('the dashboard shows every metric of the catalogue', () => {
  const body = String(ofType(resources, 'AWS::CloudWatch::Dashboard')[0]!.properties.DashboardBody);

  expect(
    Object.keys(PRODUCT_METRICS).filter((name) => !body.includes(`"${name}"`) && !body.includes(`\\"${name}\\"`)),
  ).toStrictEqual([]);
});

test('a metric can be drawn under the dimensions it is recorded under, and under no others', () => {
  const names = Object.keys(PRODUCT_METRICS) as ProductMetricName[];
  for (const name of names) {
    for (const set of dimensionSets(name)) {
      const dimensions = Object.fromEntries(set.map((one) => [one, 'x']));
      expect(productMetric(name, { dimensions }).metricName).toBe(name);
    }
  }
  expect(() => productMetric('QueueDepth')).toThrow('QueueDepth is not recorded under the dimensions []');
});
