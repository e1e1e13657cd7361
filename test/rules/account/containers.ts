import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateClusterCommand as CreateEksCommand, CreateNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { type At, putHours } from './metrics.ts';

const ROLE = 'arn:aws:iam::123456789012:role/any';

/** Clusters with and without nodes, on x86 and on Graviton, and services that work or do not. */
export async function fillContainers(at: At): Promise<void> {
  const eks = new EKSClient(at);
  for (const [name, version] of [
    ['empty', '1.34'],
    ['shop', '1.35'],
  ] as const) {
    await eks.send(new CreateEksCommand({ name, version, roleArn: ROLE, resourcesVpcConfig: {} }));
  }
  for (const [nodegroupName, amiType, type] of [
    ['x86', 'AL2023_x86_64_STANDARD', 'm5.large'],
    ['arm', 'AL2023_ARM_64_STANDARD', 'm7g.large'],
  ] as const) {
    await eks.send(
      new CreateNodegroupCommand({
        clusterName: 'shop',
        nodegroupName,
        amiType,
        instanceTypes: [type],
        scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
        subnets: ['subnet-1'],
        nodeRole: ROLE,
      }),
    );
  }
  await fillServices(at);
}

async function fillServices(at: At): Promise<void> {
  const ecs = new ECSClient(at);
  await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      cpu: '1024',
      memory: '3072',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [{ name: 'web', image: 'web:1', memory: 3072 }],
    }),
  );
  for (const [serviceName, percent] of [
    ['silent', 0.2],
    ['web', 60],
  ] as const) {
    await ecs.send(
      new CreateServiceCommand({
        cluster: 'shop',
        serviceName,
        taskDefinition: 'web',
        desiredCount: 2,
        launchType: 'FARGATE',
      }),
    );
    const dimensions = { ClusterName: 'shop', ServiceName: serviceName };
    await putHours(at, 'AWS/ECS', dimensions, { CPUUtilization: percent, MemoryUtilization: percent });
  }
}
