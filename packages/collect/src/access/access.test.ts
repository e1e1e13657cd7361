import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { STILL_CLOCK } from '../testing/fake-aws.ts';
import { type AskedRequest, answering, recording } from '../testing/recorded-aws.ts';
import { refusalOf } from '../testing/estate-folder.ts';
import type { AccountAccess } from './account-access.ts';
import {
  createBudget,
  getBudgets,
  getContainerServices,
  getCostAnalysis,
  getMlServices,
  getServerlessServices,
  getUsageForecast,
} from './index.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
const WHERE = { account: '111122223333', region: 'us-east-1' };

/** An account whose answers are listed by operation, or by method and path; anything else is denied. */
const account = (answers: Readonly<Record<string, JsonObject>>, asked: AskedRequest[] = []): AccountAccess => ({
  account: WHERE.account,
  regions: [WHERE.region],
  settings: {
    credentials,
    requestHandler: answering((request) => {
      asked.push(request);
      return answers[request.operation] ?? { refused: 'AccessDeniedException' };
    }),
  },
  clock: STILL_CLOCK,
});

const EKS = {
  'GET /clusters': { clusters: ['prod'] },
  'GET /clusters/prod': recording('eks.DescribeCluster'),
  'GET /clusters/prod/node-groups': recording('eks.ListNodegroups'),
  'GET /clusters/prod/node-groups/workers': recording('eks.DescribeNodegroup'),
};

const ECS = Object.fromEntries(
  ['ListClusters', 'DescribeClusters', 'ListServices', 'DescribeServices', 'DescribeTaskDefinition'].map((one) => [
    one,
    recording(`ecs.${one}`),
  ]),
);

describe('typed access', () => {
  test('reads clusters, node groups, services and what they run', async () => {
    const { value, failed } = await getContainerServices(account({ ...EKS, ...ECS }));
    expect(failed).toStrictEqual([]);
    expect(value.eksClusters).toStrictEqual([
      { ...WHERE, name: 'prod', version: '1.32', status: 'ACTIVE', upgradePolicy: { supportType: 'EXTENDED' } },
    ]);
    expect(value.eksNodegroups.map((one) => [one.clusterName, one.nodegroupName, one.scalingConfig])).toStrictEqual([
      ['prod', 'workers', { minSize: 1, maxSize: 4, desiredSize: 2 }],
    ]);
    expect(value.ecsClusters.map((one) => one.clusterName)).toStrictEqual(['shop']);
    expect(value.ecsServices.map((one) => [one.serviceName, one.launchType, one.runningCount])).toStrictEqual([
      ['basket', 'FARGATE', 2],
    ]);
    expect(value.ecsTaskDefinitions.map((one) => [one.cpu, one.runtimePlatform])).toStrictEqual([
      ['1024', { cpuArchitecture: 'X86_64' }],
    ]);
  });

  test('names what was denied beside what was read', async () => {
    const { value, failed } = await getContainerServices(account(EKS));
    expect(value.eksClusters).toHaveLength(1);
    expect(failed).toStrictEqual([
      {
        ...WHERE,
        client: 'ecs',
        operation: 'ListClusters',
        error_code: 'AccessDeniedException',
        denied: ['ecs:ListClusters'],
      },
    ]);
  });

  test('names an operation whose answer has another form', async () => {
    const { value, failed } = await getServerlessServices(
      account({
        'GET /2015-03-31/functions': {
          Functions: [
            {
              FunctionName: 'resize',
              FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:resize',
              MemorySize: 512,
            },
            { FunctionName: 'odd' },
          ],
        },
        ListTables: recording('dynamodb.ListTables'),
        DescribeTable: recording('dynamodb.DescribeTable'),
      }),
    );
    expect(value.lambdaFunctions.map((one) => [one.FunctionName, one.MemorySize])).toStrictEqual([['resize', 512]]);
    expect(value.dynamoDbTables.map((one) => [one.TableName, one.ProvisionedThroughput])).toStrictEqual([
      ['orders', { ReadCapacityUnits: 100, WriteCapacityUnits: 100 }],
    ]);
    expect(failed).toStrictEqual([
      { ...WHERE, client: 'lambda', operation: 'ListFunctions', error_code: 'UnexpectedShape' },
    ]);
  });

  test('reads endpoints with their configurations, notebooks, domains and applications', async () => {
    const operations = ['ListEndpoints', 'DescribeEndpoint', 'DescribeEndpointConfig', 'ListNotebookInstances'];
    const more = ['DescribeNotebookInstance', 'ListDomains', 'DescribeDomain', 'ListApps'];
    const answers = [...operations, ...more].map((one) => [one, recording(`sagemaker.${one}`)]);
    const { value, failed } = await getMlServices(account(Object.fromEntries(answers)));
    expect(failed).toStrictEqual([]);
    expect(value.endpointConfigs.map((one) => one.ProductionVariants)).toStrictEqual([
      [{ VariantName: 'all', InstanceType: 'ml.m5.large', InitialInstanceCount: 2 }],
    ]);
    expect(
      [value.endpoints, value.notebookInstances, value.domains, value.apps].map((all) => all.length),
    ).toStrictEqual([1, 1, 1, 1]);
  });

  test('sums cost by service, and says what asking cost', async () => {
    const group = (service: string, unblended: string, amortized: string) => ({
      Keys: [service, '111122223333'],
      Metrics: {
        UnblendedCost: { Amount: unblended, Unit: 'USD' },
        AmortizedCost: { Amount: amortized, Unit: 'USD' },
        UsageQuantity: { Amount: '1', Unit: 'N/A' },
      },
    });
    const day = (Start: string, End: string, Groups: JsonObject[]) => ({ TimePeriod: { Start, End }, Groups });
    const ResultsByTime = [
      day('2026-11-18', '2026-11-19', [group('RDS', '0.10', '0.10'), group('EC2', '0', '3.3')]),
      day('2026-11-19', '2026-11-20', [group('RDS', '0.20', '0.20')]),
    ];
    const asked: AskedRequest[] = [];
    const { value, usd } = await getCostAnalysis(account({ GetCostAndUsage: { ResultsByTime } }, asked));
    expect(value.services).toStrictEqual([
      { service: 'EC2', unblended: '0', amortized: '3.3', unit: 'USD' },
      { service: 'RDS', unblended: '0.3', amortized: '0.3', unit: 'USD' },
    ]);
    expect(value.days.map((one) => [one.date, one.service, one.unblended])).toStrictEqual([
      ['2026-11-18', 'RDS', '0.10'],
      ['2026-11-18', 'EC2', '0'],
      ['2026-11-19', 'RDS', '0.20'],
    ]);
    expect(usd).toBe('0.01');
    expect(asked.map(({ body }) => body)).toMatchObject([{ TimePeriod: { Start: '2026-10-21', End: '2026-11-20' } }]);
  });

  test('asks nothing that passes the cap', async () => {
    const asked: AskedRequest[] = [];
    const read = await getUsageForecast({ ...account({}, asked), maxUsd: '0.005' });
    expect([read.value, read.usd, asked]).toStrictEqual([[], '0', []]);
    expect(read.failed).toHaveLength(1);
  });

  test('reads the forecast, and no days where there is no history', async () => {
    const answer = recording('cost-explorer.GetCostForecast', 1, 'global');
    expect((await getUsageForecast(account({ GetCostForecast: answer }))).value).toStrictEqual([
      { date: '2026-11-20', mean: '4.1', lower: '3.6', upper: '4.6' },
    ]);
    const none = account({ GetCostForecast: { refused: 'DataUnavailableException' } });
    expect(await getUsageForecast(none)).toStrictEqual({ value: [], failed: [], usd: '0.01' });
  });

  test('reads budgets', async () => {
    const Budgets = [
      {
        BudgetName: 'month',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '500.0', Unit: 'USD' },
        CalculatedSpend: { ActualSpend: { Amount: '12.5', Unit: 'USD' } },
      },
    ];
    const { value } = await getBudgets(account({ DescribeBudgets: { Budgets } }));
    expect(value).toStrictEqual([{ account: WHERE.account, region: 'global', ...Budgets[0] }]);
  });
});

describe('making a budget', () => {
  const budget = { account: '111122223333', name: 'month', limitUsd: '500', timeUnit: 'MONTHLY' as const };

  test('sends one request, with the mail it is to send', async () => {
    const asked: AskedRequest[] = [];
    const { settings } = account({ CreateBudget: {} }, asked);
    await createBudget({ ...budget, notify: { thresholdPercent: 80, emails: ['a@example.com'] } }, settings);
    expect(asked).toStrictEqual([
      {
        operation: 'CreateBudget',
        body: {
          AccountId: '111122223333',
          Budget: {
            BudgetName: 'month',
            BudgetType: 'COST',
            TimeUnit: 'MONTHLY',
            BudgetLimit: { Amount: '500', Unit: 'USD' },
          },
          NotificationsWithSubscribers: [
            {
              Notification: {
                NotificationType: 'ACTUAL',
                ComparisonOperator: 'GREATER_THAN',
                Threshold: 80,
                ThresholdType: 'PERCENTAGE',
              },
              Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'a@example.com' }],
            },
          ],
        },
      },
    ]);
  });

  test.each([
    [{ limitUsd: '0.00' }, 'budget.limitUsd'],
    [{ limitUsd: '-5' }, 'budget.limitUsd'],
    [{ limitUsd: '1e3' }, 'budget.limitUsd'],
    [{ account: '1111' }, 'budget.account'],
    [{ name: 'a:b' }, 'budget.name'],
    [{ notify: { thresholdPercent: 0, emails: ['a@example.com'] } }, 'budget.notify.thresholdPercent'],
    [{ notify: { thresholdPercent: 80, emails: [] } }, 'budget.notify.emails'],
  ])('refuses %j before anything is sent', async (change, where) => {
    const asked: AskedRequest[] = [];
    const { settings } = account({ CreateBudget: {} }, asked);
    const refusal = await refusalOf(() => createBudget({ ...budget, ...change }, settings));
    expect([refusal, asked]).toStrictEqual([{ code: 'AWS_REQUEST_REFUSED', where }, []]);
  });
});
