import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  bundleContainer,
  openPump,
  openTestDeployment,
  type Pump,
  type TestDeployment,
} from '@infrafabric/lambda/testing';
import { Role } from '@infrafabric/protocol';
import { functionPolicy } from '@infrafabric/runtime/function-policy';
import { LAMBDA_FUNCTIONS, type LambdaFunction, type LambdaName } from '@infrafabric/runtime/lambda-functions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allEnded, keptReport, quarantinedCodes, reportOfCli } from './deployment.ts';
import { guardOf, isAllowed, type PolicyGuard } from './policy-guard.ts';

const ENTRIES = resolve(import.meta.dirname, '../../apps/lambda/src/entries');
const PLACE = 'us-east-1:000000000000';
const RUN = LAMBDA_FUNCTIONS.filter(({ trigger }) => trigger.kind !== 'http');

const folder = mkdtempSync(join(tmpdir(), 'infrafabric-privilege-'));
const guards = new Map<LambdaName, PolicyGuard>();
let deployment: TestDeployment;
let pump: Pump;

/** What a function may do, with the resources of the embedded AWS. */
function policyOf(declared: LambdaFunction) {
  const role = declared.role ?? 'coordinator';
  return functionPolicy(
    declared,
    {
      tenant: 'local',
      topicArn: `arn:aws:sns:${PLACE}:infrafabric-bus`,
      completionTopicArn: `arn:aws:sns:${PLACE}:infrafabric-complete`,
      queueArn: `arn:aws:sqs:${PLACE}:infrafabric-${role}`,
      deadLetterQueueArn: `arn:aws:sqs:${PLACE}:infrafabric-${role}-dead`,
      deadLetterQueueArns: Role.options.map((one) => `arn:aws:sqs:${PLACE}:infrafabric-${one}-dead`),
      tableArn: `arn:aws:dynamodb:${PLACE}:table/infrafabric-state`,
      bucketArn: 'arn:aws:s3:::infrafabric-results',
      keySecretArn: `arn:aws:secretsmanager:${PLACE}:secret:${role}`,
      logGroupArn: `arn:aws:logs:${PLACE}:log-group:none`,
    },
    [],
  );
}

beforeAll(async () => {
  deployment = await openTestDeployment();
  for (const declared of RUN) {
    const environment = deployment.environmentOf(declared);
    const upstream = {
      aws: new URL(environment['AWS_ENDPOINT_URL']!),
      secrets: new URL(environment['AWS_ENDPOINT_URL_SECRETS_MANAGER']!),
    };
    guards.set(declared.name, await guardOf(policyOf(declared), upstream));
    const entry = pathToFileURL(join(ENTRIES, `${declared.name}.ts`)).href;
    mkdirSync(join(folder, declared.name));
    writeFileSync(join(folder, declared.name, 'index.mjs'), `export { handler } from '${entry}';\n`);
  }
  const guarded: TestDeployment = {
    ...deployment,
    environmentOf: (declared) => {
      const { url } = guards.get(declared.name)!;
      const reach = { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_SECRETS_MANAGER: url };
      return { ...deployment.environmentOf(declared), ...reach };
    },
  };
  pump = openPump(guarded, { start: bundleContainer(folder, () => undefined) });
});

afterAll(async () => {
  await pump.close();
  await Promise.all([...guards.values()].map(async (guard) => guard.close()));
  await deployment.close();
  rmSync(folder, { recursive: true });
});

const denials = () => [...guards].flatMap(([name, { denied }]) => denied.map((call) => ({ name, ...call })));

test('each function finishes the demo, and quarantines what is forged, with the permissions of its own role alone', async () => {
  const { session_id } = (await pump.invoke('start', { inputs: 'demo' })) as { session_id: string };
  await deployment.clients.sns.send(
    new PublishCommand({
      TopicArn: deployment.addresses.topicArn,
      Message: '{"forged":1}',
      MessageAttributes: { agent_role: { DataType: 'String', StringValue: 'pricing' } },
    }),
  );
  await pump.invoke('sweeper', {});
  await pump.run(async () => denials().length > 0 || allEnded(deployment));

  expect(denials()).toStrictEqual([]);
  const kept = await keptReport(deployment, { session_id });
  expect([kept.verdict, kept.reportJson === (await reportOfCli())]).toStrictEqual(['AUTHENTIC', true]);
  expect(await quarantinedCodes(deployment)).toHaveLength(1);
  for (const { name } of RUN) expect([name, guards.get(name)!.allowed.length > 0]).toStrictEqual([name, true]);
}, 300_000);

test.each<[LambdaName, string, string]>([
  ['pricing', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${PLACE}:secret:coordinator`],
  ['pricing', 's3:PutObject', 'arn:aws:s3:::infrafabric-results/t/local/evidence/sha256/ab'],
  ['pricing', 'sqs:ReceiveMessage', `arn:aws:sqs:${PLACE}:infrafabric-budget`],
  ['pricing', 'dynamodb:DeleteItem', `arn:aws:dynamodb:${PLACE}:table/infrafabric-state`],
  ['collector', 's3:GetObject', 'arn:aws:s3:::infrafabric-results/t/other/evidence/sha256/ab'],
  ['api', 'sns:Publish', `arn:aws:sns:${PLACE}:infrafabric-bus`],
])('%s may not %s on %s', (name, action, resource) => {
  const declared = LAMBDA_FUNCTIONS.find((one) => one.name === name)!;

  expect(isAllowed(policyOf(declared), { action, resource, leadingKey: 't#local#s#1' })).toBe(false);
});

test('no function may touch an item of another tenant', () => {
  const resource = `arn:aws:dynamodb:${PLACE}:table/infrafabric-state`;
  const reads = (leadingKey: string) =>
    LAMBDA_FUNCTIONS.filter((one) => isAllowed(policyOf(one), { action: 'dynamodb:GetItem', resource, leadingKey }));

  expect(reads('t#local#sessions')).toHaveLength(LAMBDA_FUNCTIONS.length);
  expect(reads('t#local2#sessions')).toStrictEqual([]);
});
