import { Role } from '@infrafabric/protocol';
import { RETENTION_DAYS } from '@infrafabric/runtime/retention';
import { keySecretName, type Topology } from '@infrafabric/runtime/topology';
import { STATE_TABLE, TIME_TO_LIVE_ATTRIBUTE } from '@infrafabric/store';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge } from './acknowledgements.ts';
import { pascalCase } from './bus.ts';
import type { DeploymentOptions } from './options.ts';

/** Where state, evidence and keys are kept; removing the stack leaves all three. */
export interface Storage {
  readonly table: CfnTable;
  readonly bucket: Bucket;
  readonly keySecretOf: (role: Role) => CfnSecret;
}

/** The table, the bucket and one secret a role. */
export function createStorage(stack: Stack, topology: Topology, options: DeploymentOptions): Storage {
  const secrets = new Map(Role.options.map((role) => [role, createSecret(stack, options.prefix, role)]));
  return {
    table: createTable(stack, topology),
    bucket: createBucket(stack, topology, options),
    keySecretOf: (role) => {
      const found = secrets.get(role);
      if (found === undefined) throw new TypeError(`no secret was made for the role ${role}`);
      return found;
    },
  };
}

/** Pay per request, encrypted with the key AWS manages for DynamoDB. Only items with the time-to-live attribute expire: replay marks. */
function createTable(stack: Stack, topology: Topology): CfnTable {
  const table = new CfnTable(stack, 'State', {
    tableName: topology.tableName,
    billingMode: STATE_TABLE.BillingMode,
    attributeDefinitions: STATE_TABLE.AttributeDefinitions.map((one) => ({
      attributeName: one.AttributeName,
      attributeType: one.AttributeType,
    })),
    keySchema: STATE_TABLE.KeySchema.map((one) => ({ attributeName: one.AttributeName, keyType: one.KeyType })),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    sseSpecification: { sseEnabled: true },
    timeToLiveSpecification: { enabled: true, attributeName: TIME_TO_LIVE_ATTRIBUTE },
    deletionProtectionEnabled: true,
  });
  table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return table;
}

function createBucket(stack: Stack, topology: Topology, { tenant, sessionDays }: DeploymentOptions): Bucket {
  const bucket = new Bucket(stack, 'Results', {
    bucketName: topology.bucketName,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: lifecycleRules(`t/${tenant}`, sessionDays),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, 'S1');
  return bucket;
}

/** How long what was overwritten or deleted can be brought back. */
const NONCURRENT_DAYS = 30;

/**
 * One rule a class of retention. Evidence never expires: it is stored once under its hash, so an old object may have been cited
 * again a minute ago; it becomes cheap instead. Nor do inputs: people put them there.
 */
function lifecycleRules(root: string, sessionDays: number): LifecycleRule[] {
  return [
    {
      id: 'evidence-becomes-cheap',
      prefix: `${root}/evidence/`,
      transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(1) }],
    },
    ...['s', 'report', 'claim'].map((kind) => ({
      id: `${kind}-ends`,
      prefix: `${root}/${kind}/`,
      expiration: Duration.days(sessionDays),
    })),
    { id: 'quarantine-ends', prefix: `${root}/quarantine/`, expiration: Duration.days(RETENTION_DAYS.quarantine) },
    {
      id: 'old-versions-end',
      noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    },
  ];
}

/** Empty until a person puts a key there: no key of an agent passes through CloudFormation. */
function createSecret(stack: Stack, prefix: string, role: Role): CfnSecret {
  const secret = new CfnSecret(stack, `${pascalCase(role)}Key`, {
    name: keySecretName(prefix, role),
    description: `InfraFabric, role ${role}: its signing key, the id of the root key and the signed trust document`,
  });
  secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledge(secret, 'SMG4');
  return secret;
}
