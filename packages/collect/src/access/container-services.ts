import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { type Located, failuresOf, itemsOf } from './items.ts';

const EksCluster = z.object({
  name: z.string(),
  version: z.string(),
  status: z.string(),
  upgradePolicy: z.object({ supportType: z.string() }).optional(),
});

const EksNodegroup = z.object({
  nodegroupName: z.string(),
  clusterName: z.string(),
  status: z.string(),
  version: z.string().optional(),
  capacityType: z.string().optional(),
  amiType: z.string().optional(),
  instanceTypes: z.array(z.string()).optional(),
  scalingConfig: z.object({ minSize: z.int(), maxSize: z.int(), desiredSize: z.int() }).partial().optional(),
});

const EcsCluster = z.object({ clusterArn: z.string(), clusterName: z.string(), status: z.string() });

const EcsService = z.object({
  serviceArn: z.string(),
  serviceName: z.string(),
  clusterArn: z.string(),
  status: z.string(),
  desiredCount: z.int(),
  runningCount: z.int(),
  launchType: z.string().optional(),
  taskDefinition: z.string().optional(),
});

const EcsTaskDefinition = z.object({
  taskDefinitionArn: z.string(),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  runtimePlatform: z.object({ cpuArchitecture: z.string() }).partial().optional(),
});

/** What runs containers, with the members as EKS and ECS name them. */
export interface ContainerServices {
  readonly eksClusters: readonly Located<z.infer<typeof EksCluster>>[];
  readonly eksNodegroups: readonly Located<z.infer<typeof EksNodegroup>>[];
  readonly ecsClusters: readonly Located<z.infer<typeof EcsCluster>>[];
  readonly ecsServices: readonly Located<z.infer<typeof EcsService>>[];
  readonly ecsTaskDefinitions: readonly Located<z.infer<typeof EcsTaskDefinition>>[];
}

/** Reads the EKS clusters and node groups and the ECS clusters, services and task definitions of an account. */
export async function getContainerServices(access: AccountAccess): Promise<Read<ContainerServices>> {
  const pages = await readPages(access, [
    'eks.DescribeCluster',
    'eks.DescribeNodegroup',
    'ecs.DescribeClusters',
    'ecs.DescribeServices',
    'ecs.DescribeTaskDefinition',
  ]);
  const eksClusters = itemsOf(pages.of('eks.DescribeCluster'), 'cluster', EksCluster);
  const eksNodegroups = itemsOf(pages.of('eks.DescribeNodegroup'), 'nodegroup', EksNodegroup);
  const ecsClusters = itemsOf(pages.of('ecs.DescribeClusters'), 'clusters/*', EcsCluster);
  const ecsServices = itemsOf(pages.of('ecs.DescribeServices'), 'services/*', EcsService);
  const definitions = itemsOf(pages.of('ecs.DescribeTaskDefinition'), 'taskDefinition', EcsTaskDefinition);
  return {
    value: {
      eksClusters: eksClusters.items,
      eksNodegroups: eksNodegroups.items,
      ecsClusters: ecsClusters.items,
      ecsServices: ecsServices.items,
      ecsTaskDefinitions: definitions.items,
    },
    failed: failuresOf(pages, eksClusters, eksNodegroups, ecsClusters, ecsServices, definitions),
    usd: pages.usd,
  };
}
