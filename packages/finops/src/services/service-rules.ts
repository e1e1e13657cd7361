import type { ResourceType } from '../model/resource.ts';
import type { Rule } from '../model/rule.ts';
import type { Service } from './service-catalogue.ts';

/** The rules that judge resources of a service. */
export function rulesOf(service: Pick<Service, 'key'>, rules: readonly Rule[]): Rule[] {
  return rules.filter((rule) => BILLED_UNDER[rule.appliesTo].includes(service.key));
}

/** Keys of the services a kind of resource is billed under: volumes and NAT gateways stand under EC2 in a bill. */
const BILLED_UNDER: Readonly<Record<ResourceType, readonly string[]>> = {
  Ec2Instance: ['AmazonEC2'],
  Ec2AutoScalingGroup: ['AmazonEC2'],
  Ec2Image: ['AmazonEC2'],
  Ec2CapacityReservation: ['AmazonEC2'],
  Ec2Host: ['AmazonEC2'],
  EbsVolume: ['AmazonEC2', 'AmazonEBS'],
  EbsSnapshot: ['AmazonEC2', 'AmazonEBS'],
  ElasticIp: ['AmazonEC2', 'AmazonVPC'],
  NatGateway: ['AmazonEC2', 'AmazonVPC'],
  VpcEndpoint: ['AmazonVPC'],
  TransitGatewayAttachment: ['AmazonVPC'],
  LoadBalancer: ['AWSELB'],
  ClassicLoadBalancer: ['AWSELB'],
  TargetGroup: ['AWSELB'],
  RdsDbInstance: ['AmazonRDS'],
  RdsDbCluster: ['AmazonRDS'],
  RdsDbSnapshot: ['AmazonRDS'],
  RdsDbClusterSnapshot: ['AmazonRDS'],
  LambdaFunction: ['AWSLambda'],
  S3Bucket: ['AmazonS3'],
  DynamoDbTable: ['AmazonDynamoDB'],
  EksCluster: ['AmazonEKS'],
  EksNodegroup: ['AmazonEKS'],
  EcsCluster: ['AmazonECS'],
  EcsService: ['AmazonECS'],
  EcsTaskDefinition: ['AmazonECS'],
  ElastiCacheCluster: ['AmazonElastiCache'],
  MemoryDbCluster: ['AmazonMemoryDB'],
  RedshiftCluster: ['AmazonRedshift'],
  OpenSearchDomain: ['AmazonES'],
  SageMakerEndpoint: ['AmazonSageMaker'],
  SageMakerEndpointConfig: ['AmazonSageMaker'],
  SageMakerNotebook: ['AmazonSageMaker'],
  LogGroup: ['AmazonCloudWatch'],
  CloudWatchAlarm: ['AmazonCloudWatch'],
  KinesisStream: ['AmazonKinesis'],
  EfsFileSystem: ['AmazonEFS'],
  FsxFileSystem: ['AmazonFSx'],
  EcrRepository: ['AmazonECR'],
  KmsKey: ['awskms'],
  Secret: ['AWSSecretsManager'],
  Commitment: ['ComputeSavingsPlans'],
};
