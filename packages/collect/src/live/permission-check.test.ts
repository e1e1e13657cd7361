import { expect, test } from 'vitest';
import { fakeCollector, fakePorts, sdkError } from '../testing/fake-aws.ts';
import { COLLECTORS } from './collectors/index.ts';
import { readOnlyPolicy } from './iam-policy.ts';
import { checkPermissions } from './permission-check.ts';
import { ReadOnlyClients } from './read-only-client.ts';

const failing = (error: Error) => (): never => {
  throw error;
};

const AT = { account: '123456789012', region: 'us-east-1', withPaid: false };

test('each operation is tried with its cheapest input and says which policy line is missing', async () => {
  const inputs: object[] = [];
  const collectors = [
    fakeCollector('ListThings', (_, input) => {
      inputs.push(input);
      return { Things: [] };
    }),
    fakeCollector('DescribeThing', failing(sdkError('ResourceNotFoundException', 404))),
    fakeCollector('ListSecretThings', failing(sdkError('AccessDenied', 403))),
    fakeCollector('ListSlowThings', failing(sdkError('InternalFailure', 500))),
    fakeCollector('GetPaidThings', failing(new Error('must not be asked')), { usdPerRequest: '0.01' }),
  ];
  const clients = new ReadOnlyClients(
    collectors.map((one) => one.id),
    {},
  );
  expect(await checkPermissions(collectors, AT, fakePorts({ clients }))).toStrictEqual([
    { id: 'things.DescribeThing', region: 'us-east-1', verdict: 'allowed', error_code: 'ResourceNotFoundException' },
    {
      id: 'things.ListSecretThings',
      region: 'us-east-1',
      verdict: 'denied',
      error_code: 'AccessDenied',
      policy: '{"Effect":"Allow","Action":["things:ListSecretThings"],"Resource":"*"}',
    },
    { id: 'things.ListSlowThings', region: 'us-east-1', verdict: 'unknown', error_code: 'InternalFailure' },
    { id: 'things.ListThings', region: 'us-east-1', verdict: 'allowed' },
  ]);
  expect(inputs).toStrictEqual([{ MaxResults: 1 }]);
});

test('the policy is the union of what collectors declare: reads only, no wildcard', () => {
  const [statement] = readOnlyPolicy(COLLECTORS).Statement;
  expect(statement.Action).toContain('ec2:DescribeVolumes');
  expect(statement.Action).toContain('cloudwatch:GetMetricData');
  expect(statement.Action).not.toContain('sts:GetCallerIdentity');
  expect(statement.Action).toStrictEqual([...new Set(statement.Action)].sort());
  expect(
    statement.Action.filter((action) => !/^[a-z0-9-]+:(?:Describe|List|Get|View)[A-Za-z0-9]+$/.test(action)),
  ).toStrictEqual([]);
});

test('the policy of one collector names that collector and the reads of the collection itself', () => {
  const one = fakeCollector('ListThings', () => ({}));
  expect(readOnlyPolicy([one]).Statement[0].Action).toStrictEqual([
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
    'ec2:DescribeRegions',
    'organizations:ListAccounts',
    'things:ListThings',
  ]);
});
