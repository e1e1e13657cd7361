import type { ActionTemplate } from '../action-template.ts';
import { R } from './words.ts';

const DB_SNAPSHOT = [
  `aws rds create-db-snapshot ${R} --db-instance-identifier {id} --db-snapshot-identifier {copy}`,
  `aws rds wait db-snapshot-available ${R} --db-snapshot-identifier {copy}`,
];

const DELETE_DB = `aws rds delete-db-instance ${R} --db-instance-identifier {id} --final-db-snapshot-identifier final-{copy}`;

const CACHE_SNAPSHOT = [
  `aws elasticache create-snapshot ${R} --cache-cluster-id {id} --snapshot-name {copy}`,
  `aws elasticache describe-snapshots ${R} --snapshot-name {copy} --query Snapshots[].SnapshotStatus --output text | grep -qi available`,
];

const CACHE_GROUP = `group=$(aws elasticache describe-cache-clusters ${R} --cache-cluster-id {id} --query CacheClusters[0].ReplicationGroupId --output text)`;

const DB_CLASS: Pick<ActionTemplate, 'save' | 'change' | 'note'> = {
  save: DB_SNAPSHOT,
  change: [
    `aws rds modify-db-instance ${R} --db-instance-identifier {id} --db-instance-class {db_instance_class} --no-apply-immediately`,
  ],
  note: 'Applied in the next maintenance window; the database restarts.',
};

/** What to do about databases, tables, caches and search domains, by rule id. */
export const DATABASE_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  'rds-idle': { title: 'Snapshot and delete databases nobody connects to', save: DB_SNAPSHOT, change: [DELETE_DB] },
  'rds-stopped': {
    title: 'Snapshot and delete databases stopped for long',
    save: [
      `aws rds start-db-instance ${R} --db-instance-identifier {id}`,
      `aws rds wait db-instance-available ${R} --db-instance-identifier {id}`,
      ...DB_SNAPSHOT,
    ],
    change: [DELETE_DB],
    note: 'AWS starts a stopped database again after seven days.',
  },
  'rds-graviton-class': { title: 'Move databases to Graviton classes', ...DB_CLASS },
  'rds-previous-generation-class': { title: 'Move databases to the current generation', ...DB_CLASS },
  'rds-multi-az-non-production': {
    title: 'Run databases outside production without a standby',
    change: [`aws rds modify-db-instance ${R} --db-instance-identifier {id} --no-multi-az --no-apply-immediately`],
    undo: [`aws rds modify-db-instance ${R} --db-instance-identifier {id} --multi-az --no-apply-immediately`],
  },
  'rds-old-manual-snapshot': {
    title: 'Export and delete old manual database snapshots',
    save: [
      `aws rds start-export-task ${R} --export-task-identifier {copy} --source-arn arn:{partition}:rds:{region}:{account}:snapshot:{id} --s3-bucket-name YOUR_BUCKET --iam-role-arn YOUR_ROLE_ARN --kms-key-id YOUR_KEY_ID`,
    ],
    isSaveSlow: true,
    change: [
      `aws rds describe-export-tasks ${R} --export-task-identifier {copy} --query ExportTasks[].Status --output text | grep -q COMPLETE`,
      `aws rds delete-db-snapshot ${R} --db-snapshot-identifier {id}`,
    ],
  },
  'rds-extended-support': {
    title: 'Move databases to a version in standard support',
    save: DB_SNAPSHOT,
    change: [
      `aws rds create-blue-green-deployment ${R} --blue-green-deployment-name {copy} --source arn:{partition}:rds:{region}:{account}:db:{id} --target-engine-version YOUR_ENGINE_VERSION`,
    ],
    note: 'Test on the green copy, then switch over; the finding names the next major version.',
  },
  'elasticache-graviton': {
    title: 'Move cache nodes to Graviton',
    change: [
      `aws elasticache modify-cache-cluster ${R} --cache-cluster-id {id} --cache-node-type {cache_node_type} --no-apply-immediately`,
    ],
    note: 'A cluster of a replication group changes with modify-replication-group.',
  },
  'dynamodb-idle': {
    title: 'Back up and delete tables nobody uses',
    save: [
      `aws dynamodb create-backup ${R} --table-name {id} --backup-name {copy}`,
      `aws dynamodb list-backups ${R} --table-name {id} --query BackupSummaries[].BackupStatus --output text | grep -q AVAILABLE`,
    ],
    change: [`aws dynamodb delete-table ${R} --table-name {id}`],
  },
  'dynamodb-overprovisioned': {
    title: 'Lower the provisioned capacity of tables to what they use',
    change: [
      `aws dynamodb update-table ${R} --table-name {id} --provisioned-throughput ReadCapacityUnits={read_capacity_units},WriteCapacityUnits={write_capacity_units}`,
    ],
    note: 'Capacity can go up at any time, and down a limited number of times a day.',
  },
  'dynamodb-provisioned-to-on-demand': {
    title: 'Let tables charge by request',
    save: [`aws dynamodb describe-table ${R} --table-name {id} > {file}`],
    change: [`aws dynamodb update-table ${R} --table-name {id} --billing-mode PAY_PER_REQUEST`],
    undo: [
      `aws dynamodb update-table ${R} --table-name {id} --billing-mode PROVISIONED --provisioned-throughput ReadCapacityUnits=YOUR_READ_UNITS,WriteCapacityUnits=YOUR_WRITE_UNITS`,
    ],
    note: 'The units to go back to are in the file of the first line.',
  },
  'rds-io1-to-gp3': {
    title: 'Change database storage from provisioned IOPS to gp3',
    save: DB_SNAPSHOT,
    change: [
      `aws rds modify-db-instance ${R} --db-instance-identifier {id} --storage-type gp3 --iops YOUR_IOPS --no-apply-immediately`,
    ],
    note: 'The finding says the operations the database needs. Storage cannot change again for six hours.',
  },
  'rds-support-ends-soon': {
    title: 'Upgrade databases before their support ends',
    change: [],
    why: 'a major version has to be tested with the application first',
  },
  'elasticache-extended-support': {
    title: 'Move Redis OSS clusters to a supported version or Valkey',
    save: CACHE_SNAPSHOT,
    change: [
      CACHE_GROUP,
      `aws elasticache modify-replication-group ${R} --replication-group-id "$group" --engine YOUR_ENGINE --engine-version YOUR_ENGINE_VERSION --no-apply-immediately`,
    ],
    note: 'There is no way back but the snapshot. A cluster that is in no replication group has none to change.',
  },
  'elasticache-redis-to-valkey': {
    title: 'Move Redis OSS clusters to Valkey',
    save: CACHE_SNAPSHOT,
    change: [
      CACHE_GROUP,
      `aws elasticache modify-replication-group ${R} --replication-group-id "$group" --engine valkey --engine-version YOUR_ENGINE_VERSION --no-apply-immediately`,
    ],
    note: 'There is no way back but the snapshot. A cluster that is in no replication group has none to change.',
  },
  'opensearch-extended-support': {
    title: 'Upgrade search domains to a supported version',
    change: [
      `aws opensearch upgrade-domain ${R} --domain-name {id} --target-version YOUR_ENGINE_VERSION --perform-check-only`,
    ],
    note: 'The line only checks whether the domain can be upgraded; without its last word it upgrades, and there is no way back.',
  },
  'opensearch-graviton': {
    title: 'Move search domains to Graviton nodes',
    save: [`aws opensearch describe-domain-config ${R} --domain-name {id} > {file}`],
    change: [
      `aws opensearch update-domain-config ${R} --domain-name {id} --cluster-config InstanceType=YOUR_INSTANCE_TYPE`,
    ],
    note: 'The finding names the type. The domain is copied to new nodes meanwhile.',
  },
  'opensearch-gp2-to-gp3': {
    title: 'Change the storage of search domains to gp3',
    save: [`aws opensearch describe-domain-config ${R} --domain-name {id} > {file}`],
    change: [
      `aws opensearch update-domain-config ${R} --domain-name {id} --ebs-options EBSEnabled=true,VolumeType=gp3,VolumeSize=YOUR_GIB`,
    ],
    note: 'The size is in the file of the first line.',
  },
};
