import { Role as AgentRole } from '@infrafabric/protocol';
import { functionPolicy } from '@infrafabric/runtime/function-policy';
import {
  LAMBDA_CONSTANTS,
  LAMBDA_FUNCTIONS,
  type LambdaFunction,
  type LambdaName,
  type LambdaVariable,
} from '@infrafabric/runtime/lambda-functions';
import { functionName, logGroupName } from '@infrafabric/runtime/topology';
import { ArnFormat, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaResource, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { acknowledgeWildcards } from './acknowledgements.ts';
import { type Bus, pascalCase } from './bus.ts';
import type { DeploymentOptions } from './options.ts';
import { accountReads } from './account-reads.ts';
import type { Storage } from './storage.ts';

/** Where the code of a function is, by its name. */
export type CodeOf = (name: LambdaName) => Code;

/** One function, the role it runs as and the group its log lines go to. */
export interface DeployedFunction {
  readonly declared: LambdaFunction;
  readonly lambda: LambdaResource;
  readonly role: Role;
  readonly logGroup: LogGroup;
}

/** What the functions are made from. */
export interface FunctionParts {
  readonly bus: Bus;
  readonly storage: Storage;
  readonly options: DeploymentOptions;
  readonly codeOf: CodeOf;
}

/** Every function of the deployment, each with a role of its own that may do what it declares and nothing else. */
export function createFunctions(stack: Stack, parts: FunctionParts): readonly DeployedFunction[] {
  const { apiTokenSha256 } = parts.options;
  // Without a token to ask for, nobody could be let in.
  const wanted = LAMBDA_FUNCTIONS.filter(({ trigger }) => trigger.kind !== 'http' || apiTokenSha256 !== '');
  return wanted.map((declared) => createFunction(stack, declared, parts));
}

function createFunction(stack: Stack, declared: LambdaFunction, parts: FunctionParts): DeployedFunction {
  const { options, codeOf } = parts;
  const name = pascalCase(declared.name);
  const logGroup = new LogGroup(stack, `${name}Logs`, {
    logGroupName: logGroupName(options.prefix, declared.name),
    retention: options.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = createRole(stack, declared, logGroup, parts);
  const lambda = new LambdaResource(stack, `${name}Function`, {
    functionName: functionName(options.prefix, declared.name),
    description: `InfraFabric ${declared.name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: codeOf(declared.name),
    timeout: Duration.seconds(declared.timeoutSeconds),
    memorySize: declared.memoryMib,
    environment: environmentOf(declared, parts),
    role,
    logGroup,
    // A session is a long way to and fro over the bus, which Lambda takes for a loop after 16 hops; deadline, lease and dispatch limits end it.
    recursiveLoop: RecursiveLoop.ALLOW,
  });
  return { declared, lambda, role, logGroup };
}

function createRole(stack: Stack, declared: LambdaFunction, logGroup: LogGroup, parts: FunctionParts): Role {
  const { bus, storage, options } = parts;
  const speaker = declared.role ?? 'coordinator';
  const { queue, deadLetters } = bus.queuesOf(speaker);
  const statements = functionPolicy(
    declared,
    {
      tenant: options.tenant,
      topicArn: bus.topic.topicArn,
      completionTopicArn: bus.completionTopic.topicArn,
      queueArn: queue.queueArn,
      deadLetterQueueArn: deadLetters.queueArn,
      deadLetterQueueArns: AgentRole.options.map((one) => bus.queuesOf(one).deadLetters.queueArn),
      tableArn: storage.table.attrArn,
      bucketArn: storage.bucket.bucketArn,
      keySecretArn: storage.keySecretOf(speaker).ref,
      logGroupArn: stack.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: logGroup.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    },
    accountReads(declared.name),
  );
  const role = new Role(stack, `${pascalCase(declared.name)}Role`, {
    roleName: functionName(options.prefix, declared.name),
    description: `What the ${declared.name} of InfraFabric may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      declared: new PolicyDocument({ statements: statements.map((one) => PolicyStatement.fromJson(one)) }),
    },
  });
  acknowledgeWildcards(role, statements);
  return role;
}

function environmentOf(declared: LambdaFunction, parts: FunctionParts): Record<string, string> {
  const values = valuesOf(declared, parts);
  const chosen = declared.environment.map((name) => [name, values[name]] as const);
  return { ...LAMBDA_CONSTANTS, ...Object.fromEntries(chosen) };
}

/** Every variable a function may ask for. */
function valuesOf({ role = 'coordinator' }: LambdaFunction, parts: FunctionParts): Record<LambdaVariable, string> {
  const { bus, storage, options } = parts;
  const { queue, deadLetters } = bus.queuesOf(role);
  return {
    INFRAFABRIC_TENANT: options.tenant,
    INFRAFABRIC_PREFIX: options.prefix,
    RESULTS_BUCKET: storage.bucket.bucketName,
    STATE_TABLE: storage.table.ref,
    AGENT_QUEUE_TOPIC: bus.topic.topicArn,
    AGENT_QUEUE_URL: queue.queueUrl,
    AGENT_DEAD_LETTER_URL: deadLetters.queueUrl,
    AGENT_KEY_SECRET: storage.keySecretOf(role).ref,
    COMPLETION_TOPIC_ARN: bus.completionTopic.topicArn,
    API_TOKEN_SHA256: options.apiTokenSha256,
  };
}
