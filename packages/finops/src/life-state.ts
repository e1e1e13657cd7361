import { type JsonObject, resolvePointer } from '@infrafabric/protocol';
import type { ResourceType } from './model/resource.ts';

/**
 * States in which a resource is gone or going and is not judged, by kind: where the state stands, and its values (lower case).
 *
 * Source: the state enumerations of the botocore service models, read 2026-08-07.
 */
const ENDED: Partial<Record<ResourceType, { readonly at: string; readonly values: readonly string[] }>> = {
  Ec2Instance: { at: '/State/Name', values: ['shutting-down', 'terminated'] },
  Ec2AutoScalingGroup: { at: '/Status', values: ['delete in progress'] },
  Ec2Image: { at: '/State', values: ['deregistered', 'invalid', 'failed', 'error'] },
  EbsVolume: { at: '/State', values: ['deleting', 'deleted'] },
  Ec2CapacityReservation: { at: '/State', values: ['expired', 'cancelled', 'failed', 'payment-failed', 'unsupported'] },
  Ec2Host: { at: '/State', values: ['released', 'released-permanent-failure'] },
  TransitGatewayAttachment: {
    at: '/State',
    values: ['deleted', 'deleting', 'failed', 'failing', 'rejected', 'rejecting'],
  },
  NatGateway: { at: '/State', values: ['deleting', 'deleted', 'failed'] },
  VpcEndpoint: { at: '/State', values: ['deleting', 'deleted', 'rejected', 'failed', 'expired'] },
  RdsDbInstance: { at: '/DBInstanceStatus', values: ['deleting', 'deleted'] },
  RdsDbCluster: { at: '/Status', values: ['deleting', 'deleted'] },
  RdsDbSnapshot: { at: '/Status', values: ['deleting', 'deleted'] },
  RdsDbClusterSnapshot: { at: '/Status', values: ['deleting', 'deleted'] },
  DynamoDbTable: { at: '/TableStatus', values: ['deleting', 'archiving', 'archived'] },
  EksCluster: { at: '/status', values: ['deleting', 'failed'] },
  EksNodegroup: { at: '/status', values: ['deleting', 'create_failed'] },
  EcsCluster: { at: '/status', values: ['inactive', 'deprovisioning', 'failed'] },
  EcsService: { at: '/status', values: ['inactive', 'draining'] },
  ElastiCacheCluster: { at: '/CacheClusterStatus', values: ['deleting', 'deleted'] },
  MemoryDbCluster: { at: '/Status', values: ['deleting'] },
  RedshiftCluster: { at: '/ClusterStatus', values: ['deleting', 'final-snapshot'] },
  OpenSearchDomain: { at: '/Deleted', values: ['true'] },
  SageMakerEndpoint: { at: '/EndpointStatus', values: ['deleting'] },
  SageMakerNotebook: { at: '/NotebookInstanceStatus', values: ['deleting'] },
  KinesisStream: { at: '/StreamStatus', values: ['deleting'] },
  EfsFileSystem: { at: '/LifeCycleState', values: ['deleting', 'deleted'] },
  FsxFileSystem: { at: '/Lifecycle', values: ['deleting', 'failed'] },
  KmsKey: { at: '/KeyState', values: ['pendingdeletion', 'pendingreplicadeletion'] },
};

/** Whether AWS says the resource is gone or going; such a resource costs nothing more and is not judged. */
export function hasEnded(type: ResourceType, item: JsonObject): boolean {
  if (type === 'Secret') return item['DeletedDate'] !== undefined;
  const ended = ENDED[type];
  if (ended === undefined) return false;
  const state = resolvePointer(item, ended.at);
  return ended.values.includes(String(typeof state === 'object' ? '' : state).toLowerCase());
}
