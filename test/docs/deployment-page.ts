import { Role } from '@infrafabric/protocol';
import { type FunctionPlaces, functionPolicy, type PolicyStatement } from '@infrafabric/runtime/function-policy';
import { LAMBDA_FUNCTIONS, type LambdaFunction } from '@infrafabric/runtime/lambda-functions';
import { functionName, keySecretName, logGroupName, topologyOf } from '@infrafabric/runtime/topology';
import { table } from './table.ts';

const PREFIX = 'infrafabric';

/** docs/deployment.md, from the topology and the functions. */
export function deploymentPage(): string {
  const { topicName, completionTopicName, alarmTopicName, tableName, queues } = topologyOf(PREFIX);
  return `${[
    HEAD,
    '## Functions',
    table(['function', 'called by', 'signs as', 'timeout', 'memory', 'log group'], LAMBDA_FUNCTIONS.map(functionRow)),
    '## Messages and state',
    `Topics \`${topicName}\` (the bus), \`${completionTopicName}\` (a session ended) and \`${alarmTopicName}\`; table \`${tableName}\`; one bucket. A message goes to the queue of the role it names; what cannot be delivered or was received too often goes to the dead letters.`,
    table(
      ['queue', 'dead letters', 'after', 'hidden while in hand', 'takes'],
      queues.map((one) => [
        code(one.queueName),
        code(one.deadLetterQueueName),
        `${one.maxReceiveCount} receives`,
        `${one.visibilityTimeoutSeconds} s`,
        code(JSON.stringify(one.filterPolicy)),
      ]),
    ),
    '## What each function may do',
    `Nothing but this. \`<tenant>\` stands for the tenant of the deployment, \`<bucket>\` for its bucket. On the table every role is held to the items of the tenant (\`dynamodb:LeadingKeys\`).`,
    ...LAMBDA_FUNCTIONS.flatMap((one) => [`### ${one.name}`, table(['actions', 'on'], permissionsOf(one))]),
  ].join('\n\n')}\n`;
}

const HEAD = `# Deployment

<!-- Made from the topology and the list of functions by \`pnpm docs:write\`. Change those. -->

What \`infra\` makes on AWS under the prefix \`${PREFIX}\`. How to deploy it, what it keeps and what it costs: [infra](../infra/README.md).`;

function functionRow({ name, role, trigger, timeoutSeconds, memoryMib }: LambdaFunction): string[] {
  return [
    code(functionName(PREFIX, name)),
    callerOf(trigger),
    role ?? '(no key)',
    `${timeoutSeconds} s`,
    `${memoryMib} MiB`,
    code(logGroupName(PREFIX, name)),
  ];
}

function callerOf(trigger: LambdaFunction['trigger']): string {
  if (trigger.kind === 'schedule') return `\`${trigger.expression}\` (UTC)`;
  if (trigger.kind === 'http') return 'HTTP, when there is a token to ask for';
  return `queue \`${PREFIX}-${trigger.role}\`, ${trigger.batchSize} messages at most, ${trigger.maxConcurrency} calls at a time`;
}

function permissionsOf(declared: LambdaFunction): string[][] {
  const { role = 'coordinator', name } = declared;
  const places: FunctionPlaces = {
    tenant: '<tenant>',
    topicArn: `topic ${PREFIX}-bus`,
    completionTopicArn: `topic ${PREFIX}-complete`,
    queueArn: `queue ${PREFIX}-${role}`,
    deadLetterQueueArn: `queue ${PREFIX}-${role}-dead`,
    deadLetterQueueArns: Role.options.map((one) => `queue ${PREFIX}-${one}-dead`),
    tableArn: `table ${PREFIX}-state`,
    bucketArn: '<bucket>',
    keySecretArn: `secret ${keySecretName(PREFIX, role)}`,
    logGroupArn: `log group ${logGroupName(PREFIX, name)}`,
  };
  return functionPolicy(declared, places, []).map((one) => [actionsOf(one, name), code(one.Resource)]);
}

/** The reads of the account are too many for a cell and have a file of their own. */
function actionsOf({ Action, Resource }: PolicyStatement, name: LambdaFunction['name']): string {
  if (Resource !== '*') return Action.map(code).join(', ');
  if (name === 'collector') return 'the reads of [iam-policy.json](iam-policy.json)';
  return 'the reads that find regions and accounts';
}

const code = (text: string): string => `\`${text}\``;
