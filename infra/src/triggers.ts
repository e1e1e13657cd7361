import type { LambdaName } from '@infrafabric/runtime/lambda-functions';
import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { type Bus, pascalCase } from './bus.ts';
import type { DeployedFunction } from './functions.ts';
import type { DeploymentOptions } from './options.ts';

/** Connects every function with what calls it. */
export function createTriggers(
  stack: Stack,
  functions: readonly DeployedFunction[],
  { bus, options }: { readonly bus: Bus; readonly options: DeploymentOptions },
): void {
  for (const one of functions) {
    const { trigger } = one.declared;
    if (trigger.kind === 'queue') readQueue(stack, one, trigger, bus);
    else if (trigger.kind === 'schedule') followSchedule(stack, one, trigger.expression, options);
    else serve(stack, one);
  }
}

/** Batches whose failed messages alone come back. */
function readQueue(
  stack: Stack,
  { declared, lambda }: DeployedFunction,
  trigger: Extract<DeployedFunction['declared']['trigger'], { kind: 'queue' }>,
  bus: Bus,
): void {
  new EventSourceMapping(stack, `${pascalCase(declared.name)}Messages`, {
    target: lambda,
    eventSourceArn: bus.queuesOf(trigger.role).queue.queueArn,
    batchSize: trigger.batchSize,
    maxConcurrency: trigger.maxConcurrency,
    reportBatchItemFailures: true,
  });
}

function followSchedule(
  stack: Stack,
  { declared, lambda }: DeployedFunction,
  expression: string,
  options: DeploymentOptions,
): void {
  const rule = new Rule(stack, `${pascalCase(declared.name)}Schedule`, {
    ruleName: `${options.prefix}-${declared.name}`,
    schedule: Schedule.expression(expression),
  });
  const event = eventOf(declared.name, options);
  // A tick that is late says nothing new; a start may be delivered again.
  const target = { maxEventAge: Duration.hours(1), retryAttempts: declared.name === 'sweeper' ? 0 : 2 };
  rule.addTarget(new LambdaFunction(lambda, { ...target, ...(event === undefined ? {} : { event }) }));
}

/** What the nightly analysis is asked; the sweeper needs no more than the tick. */
function eventOf(name: LambdaName, { regions }: DeploymentOptions): RuleTargetInput | undefined {
  if (name !== 'start') return undefined;
  return RuleTargetInput.fromObject({
    regions: regions.split(','),
    analysis_period_days: 30,
    include_cost_data: true,
    save_report: true,
    // An event that is delivered again has the same id and starts nothing new.
    idempotency_key: EventField.eventId,
  });
}

/** An address on the internet; the function asks for the bearer token and refuses everyone else. */
function serve(stack: Stack, { lambda }: DeployedFunction): void {
  const url = lambda.addFunctionUrl({
    authType: FunctionUrlAuthType.NONE,
    invokeMode: InvokeMode.BUFFERED,
  });
  new CfnOutput(stack, 'ApiUrl', { value: url.url, description: 'The HTTP API; it asks for the bearer token' });
}
