import { AUTO_SCALING_SHAPES, ECS_SHAPES, EKS_SHAPES, LAMBDA_SHAPES } from './compute-shapes.ts';
import {
  DYNAMODB_SHAPES,
  ELASTICACHE_SHAPES,
  MEMORYDB_SHAPES,
  OPENSEARCH_SHAPES,
  RDS_SHAPES,
  REDSHIFT_SHAPES,
} from './database-shapes.ts';
import { EC2_SHAPES } from './ec2-shapes.ts';
import { ELB_SHAPES, ELB_V2_SHAPES } from './load-balancer-shapes.ts';
import {
  CLOUDWATCH_SHAPES,
  KINESIS_SHAPES,
  KMS_SHAPES,
  LOGS_SHAPES,
  SAGEMAKER_SHAPES,
  SAVINGS_PLANS_SHAPES,
  SECRETS_SHAPES,
} from './platform-shapes.ts';
import type { Shapes } from './shape.ts';
import { ECR_SHAPES, EFS_SHAPES, FSX_SHAPES, S3_SHAPES } from './storage-shapes.ts';

/** Every answer the inventory reads, by the suffix of the `@aws-sdk/client-*` package and the operation. */
export const SHAPES: Readonly<Record<string, Shapes>> = {
  'auto-scaling': AUTO_SCALING_SHAPES,
  cloudwatch: CLOUDWATCH_SHAPES,
  'cloudwatch-logs': LOGS_SHAPES,
  dynamodb: DYNAMODB_SHAPES,
  ec2: EC2_SHAPES,
  ecr: ECR_SHAPES,
  ecs: ECS_SHAPES,
  efs: EFS_SHAPES,
  eks: EKS_SHAPES,
  'elastic-load-balancing': ELB_SHAPES,
  'elastic-load-balancing-v2': ELB_V2_SHAPES,
  elasticache: ELASTICACHE_SHAPES,
  'elasticsearch-service': OPENSEARCH_SHAPES,
  fsx: FSX_SHAPES,
  kinesis: KINESIS_SHAPES,
  kms: KMS_SHAPES,
  lambda: LAMBDA_SHAPES,
  memorydb: MEMORYDB_SHAPES,
  opensearch: OPENSEARCH_SHAPES,
  rds: RDS_SHAPES,
  redshift: REDSHIFT_SHAPES,
  s3: S3_SHAPES,
  sagemaker: SAGEMAKER_SHAPES,
  savingsplans: SAVINGS_PLANS_SHAPES,
  'secrets-manager': SECRETS_SHAPES,
};

/** Other names of a client: AWS CLI commands, endpoint prefixes and boto3 client names. */
export const CLIENT_ALIASES: Readonly<Record<string, string>> = {
  apigateway: 'api-gateway',
  apigatewayv2: 'apigatewayv2',
  autoscaling: 'auto-scaling',
  ce: 'cost-explorer',
  dms: 'database-migration-service',
  elb: 'elastic-load-balancing',
  elbv2: 'elastic-load-balancing-v2',
  es: 'elasticsearch-service',
  logs: 'cloudwatch-logs',
  monitoring: 'cloudwatch',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
  s3api: 's3',
  secretsmanager: 'secrets-manager',
  stepfunctions: 'sfn',
};

/** The client's name as `@aws-sdk/client-<name>` has it; lower case, aliases resolved, an unknown name stays itself. */
export function canonicalClient(client: string): string {
  const name = client.toLowerCase().replace(/^@aws-sdk\/client-/, '');
  return Object.hasOwn(CLIENT_ALIASES, name) ? (CLIENT_ALIASES[name] ?? name) : name;
}
