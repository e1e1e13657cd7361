import type { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { DeploymentOptions } from './options.ts';

/** The tag every resource of an installation carries, with the prefix as its value; Billing must activate it as a cost allocation tag. */
export const COST_TAG = 'InfraFabric';

/** Bills so much over what AWS expects are an anomaly worth telling. */
const OVER_BASELINE_PERCENT = 30;

/** What the installation itself costs on AWS: a budget of the month, and a watch on days that cost more than usual. */
export function createSpending(stack: Stack, options: DeploymentOptions, topic: Topic): void {
  createBudget(stack, options, topic);
  watchAnomalies(stack, options, topic);
}

function createBudget(stack: Stack, { prefix, budgetMonthlyUsd }: DeploymentOptions, topic: Topic): void {
  const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
  const over = (
    notificationType: 'ACTUAL' | 'FORECASTED',
    threshold: number,
  ): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
    subscribers,
  });
  new CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: prefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: Number(budgetMonthlyUsd), unit: 'USD' },
      costFilters: { TagKeyValue: [`user:${COST_TAG}$${prefix}`] },
    },
    notificationsWithSubscribers: [over('ACTUAL', 80), over('FORECASTED', 100)],
  });
}

/** AWS learns what a day costs from the days before; what exceeds that by the percentage is told at once. */
function watchAnomalies(stack: Stack, { prefix }: DeploymentOptions, topic: Topic): void {
  const monitor = new CfnAnomalyMonitor(stack, 'CostMonitor', {
    monitorName: prefix,
    monitorType: 'CUSTOM',
    monitorSpecification: JSON.stringify({ Tags: { Key: COST_TAG, Values: [prefix], MatchOptions: ['EQUALS'] } }),
  });
  new CfnAnomalySubscription(stack, 'CostAnomalies', {
    subscriptionName: prefix,
    frequency: 'IMMEDIATE',
    monitorArnList: [monitor.attrMonitorArn],
    subscribers: [{ type: 'SNS', address: topic.topicArn }],
    thresholdExpression: JSON.stringify({
      Dimensions: {
        Key: 'ANOMALY_TOTAL_IMPACT_PERCENTAGE',
        MatchOptions: ['GREATER_THAN_OR_EQUAL'],
        Values: [String(OVER_BASELINE_PERCENT)],
      },
    }),
  });
}
