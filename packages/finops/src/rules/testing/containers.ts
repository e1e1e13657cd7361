import type { JsonObject } from '@infrafabric/protocol';
import type { Observed } from '../../model/resource.ts';
import { anObserved } from '../../testing/index.ts';

const DEFINITION = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1';

/** Fargate list prices of us-east-1. Source: finops price table, 2026-11-20. */
export const FARGATE_PRICES = {
  'ecs/us-east-1/fargate-x86/vcpu-hour': '0.04048',
  'ecs/us-east-1/fargate-x86/gb-hour': '0.004445',
  'ecs/us-east-1/fargate-arm/vcpu-hour': '0.03238',
  'ecs/us-east-1/fargate-arm/gb-hour': '0.00356',
};

/** A service of two running Fargate tasks; `item` replaces single fields. */
export const aFargateService = (item: JsonObject = {}): Observed =>
  anObserved('EcsService', 'arn:aws:ecs:us-east-1:123456789012:service/shop/web', {
    serviceArn: 'arn:aws:ecs:us-east-1:123456789012:service/shop/web',
    serviceName: 'web',
    clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/shop',
    status: 'ACTIVE',
    launchType: 'FARGATE',
    runningCount: 2,
    taskDefinition: DEFINITION,
    ...item,
  });

/** A task definition of 1 vCPU and 3 GB; `item` replaces single fields. */
export const aTaskDefinition = (item: JsonObject = {}): Observed =>
  anObserved('EcsTaskDefinition', DEFINITION, {
    taskDefinitionArn: DEFINITION,
    cpu: '1024',
    memory: '3072',
    requiresCompatibilities: ['FARGATE'],
    ...item,
  });
