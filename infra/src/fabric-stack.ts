import { topologyOf } from '@infrafabric/runtime/topology';
import { Aws, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createAlarmTopic } from './alarm-topic.ts';
import { createAlarms } from './alarms.ts';
import { createBus } from './bus.ts';
import { createDashboard } from './dashboard.ts';
import { type CodeOf, createFunctions } from './functions.ts';
import type { DeploymentOptions } from './options.ts';
import { createSessionQueries } from './session-queries.ts';
import { COST_TAG, createSpending } from './spending.ts';
import { createStorage } from './storage.ts';
import { createTriggers } from './triggers.ts';

/** What a stack of InfraFabric is made from. */
export interface FabricStackProps extends StackProps {
  readonly options: DeploymentOptions;
  readonly codeOf: CodeOf;
}

/** One installation of InfraFabric on AWS: the topology that the embedded AWS has too, the functions, and what watches them. */
export class FabricStack extends Stack {
  constructor(scope: Construct, id: string, { options, codeOf, ...props }: FabricStackProps) {
    super(scope, id, { description: 'InfraFabric: agents that audit an AWS bill and estate', ...props });
    Tags.of(this).add(COST_TAG, options.prefix);
    // Bucket names are unique across all of AWS.
    const topology = topologyOf(options.prefix, `${options.prefix}-results-${Aws.ACCOUNT_ID}-${Aws.REGION}`);
    const bus = createBus(this, topology);
    const storage = createStorage(this, topology, options);
    const functions = createFunctions(this, { bus, storage, options, codeOf });
    createTriggers(this, functions, { bus, options });
    const topic = createAlarmTopic(this, topology, options);
    const alarms = createAlarms(this, { functions, options, topic });
    createDashboard(this, { prefix: options.prefix, bus, functions, alarms });
    createSessionQueries(this, options.prefix, functions);
    createSpending(this, options, topic);
  }
}
