import type { Rule } from '../model/rule.ts';
import { autoscalingFixedSize } from './autoscaling/fixed-size.ts';
import { cloudwatchAlarmInsufficientData } from './cloudwatch/alarm-insufficient-data.ts';
import { commitmentsExpiring } from './commitments/expiring.ts';
import { dynamodbIdle } from './dynamodb/idle.ts';
import { dynamodbOverprovisioned } from './dynamodb/overprovisioned.ts';
import { dynamodbProvisionedToOnDemand } from './dynamodb/provisioned-to-on-demand.ts';
import { ebsGp2ToGp3 } from './ebs/gp2-to-gp3.ts';
import { ebsGp3UnusedPerformance } from './ebs/gp3-unused-performance.ts';
import { ebsIdle } from './ebs/idle.ts';
import { ebsIoToGp3 } from './ebs/io-to-gp3.ts';
import { ebsIoUnusedIops } from './ebs/io-unused-iops.ts';
import { ebsMagneticReview } from './ebs/magnetic-review.ts';
import { ebsOldSnapshot } from './ebs/old-snapshot.ts';
import { ebsOnStoppedInstance } from './ebs/on-stopped-instance.ts';
import { ebsUnattached } from './ebs/unattached.ts';
import { ec2DetailedMonitoring } from './ec2/detailed-monitoring.ts';
import { ec2Graviton } from './ec2/graviton.ts';
import { ec2Idle } from './ec2/idle.ts';
import { ec2IdleDedicatedHost } from './ec2/idle-dedicated-host.ts';
import { ec2Oversized } from './ec2/oversized.ts';
import { ec2PreviousGeneration } from './ec2/previous-generation.ts';
import { ec2SavingsPlan } from './ec2/savings-plan.ts';
import { ec2StoppedLong } from './ec2/stopped-long.ts';
import { ec2UnusedCapacityReservation } from './ec2/unused-capacity-reservation.ts';
import { ec2UnusedImage } from './ec2/unused-image.ts';
import { ecsFargateArm64 } from './ecs/fargate-arm64.ts';
import { ecsIdleService } from './ecs/idle-service.ts';
import { efsUnmounted } from './efs/unmounted.ts';
import { eksIdleCluster } from './eks/idle-cluster.ts';
import { eksNodeGraviton } from './eks/node-graviton.ts';
import { elasticacheGraviton } from './elasticache/graviton.ts';
import { elasticacheIdle } from './elasticache/idle.ts';
import { elasticacheRedisToValkey } from './elasticache/redis-to-valkey.ts';
import { elbClassicNoInstances } from './elb/classic-no-instances.ts';
import { elbIdle } from './elb/idle.ts';
import { elbNoTargets } from './elb/no-targets.ts';
import { kinesisIdle } from './kinesis/idle.ts';
import { kmsDisabledKey } from './kms/disabled-key.ts';
import { lambdaArm64 } from './lambda/arm64.ts';
import { lambdaIdle } from './lambda/idle.ts';
import { logsNoRetention } from './logs/no-retention.ts';
import { networkIdleElasticIp } from './network/idle-elastic-ip.ts';
import { networkIdleInterfaceEndpoint } from './network/idle-interface-endpoint.ts';
import { networkIdleNatGateway } from './network/idle-nat-gateway.ts';
import { networkIdleTransitGatewayAttachment } from './network/idle-transit-gateway-attachment.ts';
import { networkS3InterfaceEndpoint } from './network/s3-interface-endpoint.ts';
import { opensearchGp2ToGp3 } from './opensearch/gp2-to-gp3.ts';
import { opensearchGraviton } from './opensearch/graviton.ts';
import { rdsGravitonClass } from './rds/graviton-class.ts';
import { rdsIdle } from './rds/idle.ts';
import { rdsIo1ToGp3 } from './rds/io1-to-gp3.ts';
import { rdsMultiAzNonProduction } from './rds/multi-az-non-production.ts';
import { rdsOldManualSnapshot } from './rds/old-manual-snapshot.ts';
import { rdsPreviousGenerationClass } from './rds/previous-generation-class.ts';
import { rdsStopped } from './rds/stopped.ts';
import { redshiftIdle } from './redshift/idle.ts';
import { s3IncompleteUploads } from './s3/incomplete-uploads.ts';
import { sagemakerIdleEndpoint } from './sagemaker/idle-endpoint.ts';
import { sagemakerNotebookRunning } from './sagemaker/notebook-running.ts';
import { secretsUnused } from './secrets/unused.ts';

/** Every rule of this package; one line each. Ids are permanent and never reused. */
export const FINOPS_RULES: readonly Rule[] = [
  autoscalingFixedSize,
  cloudwatchAlarmInsufficientData,
  commitmentsExpiring,
  dynamodbIdle,
  dynamodbOverprovisioned,
  dynamodbProvisionedToOnDemand,
  ebsGp2ToGp3,
  ebsGp3UnusedPerformance,
  ebsIdle,
  ebsIoToGp3,
  ebsIoUnusedIops,
  ebsMagneticReview,
  ebsOldSnapshot,
  ebsOnStoppedInstance,
  ebsUnattached,
  ec2DetailedMonitoring,
  ec2Graviton,
  ec2Idle,
  ec2IdleDedicatedHost,
  ec2Oversized,
  ec2PreviousGeneration,
  ec2SavingsPlan,
  ec2StoppedLong,
  ec2UnusedCapacityReservation,
  ec2UnusedImage,
  ecsFargateArm64,
  ecsIdleService,
  efsUnmounted,
  eksIdleCluster,
  eksNodeGraviton,
  elasticacheGraviton,
  elasticacheIdle,
  elasticacheRedisToValkey,
  elbClassicNoInstances,
  elbIdle,
  elbNoTargets,
  kinesisIdle,
  kmsDisabledKey,
  lambdaArm64,
  lambdaIdle,
  logsNoRetention,
  networkIdleElasticIp,
  networkIdleInterfaceEndpoint,
  networkIdleNatGateway,
  networkIdleTransitGatewayAttachment,
  networkS3InterfaceEndpoint,
  opensearchGp2ToGp3,
  opensearchGraviton,
  rdsGravitonClass,
  rdsIdle,
  rdsIo1ToGp3,
  rdsMultiAzNonProduction,
  rdsOldManualSnapshot,
  rdsPreviousGenerationClass,
  rdsStopped,
  redshiftIdle,
  s3IncompleteUploads,
  sagemakerIdleEndpoint,
  sagemakerNotebookRunning,
  secretsUnused,
];
