import type { ActionTemplate } from '../action-template.ts';
import { PLATFORM_TEMPLATES } from './platform.ts';
import { R } from './words.ts';

/** Deleting what has a snapshot of its own kind. */
const CACHE: ActionTemplate = {
  title: 'Snapshot and delete cache clusters',
  save: [
    `aws elasticache create-snapshot ${R} --cache-cluster-id {id} --snapshot-name {copy}`,
    `aws elasticache describe-snapshots ${R} --snapshot-name {copy} --query Snapshots[].SnapshotStatus --output text | grep -qi available`,
  ],
  change: [`aws elasticache delete-cache-cluster ${R} --cache-cluster-id {id}`],
  note: 'Memcached has no snapshots; a cluster of a replication group goes with delete-replication-group.',
};

const WAREHOUSE: ActionTemplate = {
  title: 'Snapshot and delete warehouse clusters',
  save: [
    `aws redshift create-cluster-snapshot ${R} --cluster-identifier {id} --snapshot-identifier {copy}`,
    `aws redshift wait snapshot-available ${R} --cluster-identifier {id} --snapshot-identifier {copy}`,
  ],
  change: [
    `aws redshift delete-cluster ${R} --cluster-identifier {id} --final-cluster-snapshot-identifier final-{copy}`,
  ],
};

/**
 * What to do about the findings of a rule that has no template of its own, by `<resource type>/<action type>`: only where the
 * action can mean nothing else. The title is the rule's. Source: as for the templates by rule.
 */
export const KIND_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  'ElastiCacheCluster/Delete': CACHE,
  'RedshiftCluster/Delete': WAREHOUSE,
  'LoadBalancer/Delete': PLATFORM_TEMPLATES['elb-no-targets'] ?? { title: '', change: [] },
  'EksCluster/Delete': {
    title: 'Delete clusters',
    save: [`aws eks describe-cluster ${R} --name {id} > {file}`],
    change: [`aws eks delete-cluster ${R} --name {id}`],
    note: 'What the cluster ran is lost: export its manifests first.',
  },
  'EcsService/Stop': {
    title: 'Stop services',
    save: [`aws ecs describe-services ${R} --cluster {parent} --services {name} > {file}`],
    change: [`aws ecs update-service ${R} --cluster {parent} --service {name} --desired-count 0`],
  },
  'SageMakerEndpoint/Delete': {
    title: 'Delete endpoints',
    save: [`aws sagemaker describe-endpoint ${R} --endpoint-name {id} > {file}`],
    change: [`aws sagemaker delete-endpoint ${R} --endpoint-name {id}`],
    note: 'Its model and configuration stay, so that it can be made again.',
  },
  'KmsKey/Delete': {
    title: 'Schedule keys for deletion',
    save: [`aws kms describe-key ${R} --key-id {id} > {file}`],
    change: [`aws kms schedule-key-deletion ${R} --key-id {id} --pending-window-in-days 30`],
    undo: [`aws kms cancel-key-deletion ${R} --key-id {id}`],
    note: 'What it encrypted cannot be read once it is gone; within thirty days it can be taken back.',
  },
  'TransitGatewayAttachment/Delete': {
    title: 'Delete transit gateway attachments',
    save: [`aws ec2 describe-transit-gateway-vpc-attachments ${R} --transit-gateway-attachment-ids {id} > {file}`],
    change: [`aws ec2 delete-transit-gateway-vpc-attachment ${R} --transit-gateway-attachment-id {id}`],
    note: 'For attachments of VPCs; look for routes to it first.',
  },
  'Ec2Host/Delete': {
    title: 'Release dedicated hosts',
    save: [`aws ec2 describe-hosts ${R} --host-ids {id} > {file}`],
    change: [`aws ec2 release-hosts ${R} --host-ids {id}`],
  },
};
