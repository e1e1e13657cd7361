import type { Collector } from '../collector.ts';
import { applicationAutoScalingDescribeScalableTargets } from './application-auto-scaling/describe-scalable-targets.ts';
import { autoScalingDescribeAutoScalingGroups } from './auto-scaling/describe-auto-scaling-groups.ts';
import { budgetsDescribeBudgetPerformanceHistory } from './budgets/describe-budget-performance-history.ts';
import { budgetsDescribeBudgets } from './budgets/describe-budgets.ts';
import { cloudwatchDescribeAlarms } from './cloudwatch/describe-alarms.ts';
import { cloudwatchLogsDescribeLogGroups } from './cloudwatch-logs/describe-log-groups.ts';
import { computeOptimizerGetAutoScalingGroupRecommendations } from './compute-optimizer/get-auto-scaling-group-recommendations.ts';
import { computeOptimizerGetEBSVolumeRecommendations } from './compute-optimizer/get-ebs-volume-recommendations.ts';
import { computeOptimizerGetEC2InstanceRecommendations } from './compute-optimizer/get-ec2-instance-recommendations.ts';
import { computeOptimizerGetECSServiceRecommendations } from './compute-optimizer/get-ecs-service-recommendations.ts';
import { computeOptimizerGetIdleRecommendations } from './compute-optimizer/get-idle-recommendations.ts';
import { computeOptimizerGetLambdaFunctionRecommendations } from './compute-optimizer/get-lambda-function-recommendations.ts';
import { computeOptimizerGetRDSDatabaseRecommendations } from './compute-optimizer/get-rds-database-recommendations.ts';
import { costExplorerGetAnomalies } from './cost-explorer/get-anomalies.ts';
import { costExplorerGetAnomalyMonitors } from './cost-explorer/get-anomaly-monitors.ts';
import { costExplorerGetCostAndUsage } from './cost-explorer/get-cost-and-usage.ts';
import { costExplorerGetCostForecast } from './cost-explorer/get-cost-forecast.ts';
import { costExplorerGetReservationCoverage } from './cost-explorer/get-reservation-coverage.ts';
import { costExplorerGetReservationUtilization } from './cost-explorer/get-reservation-utilization.ts';
import { costExplorerGetSavingsPlansCoverage } from './cost-explorer/get-savings-plans-coverage.ts';
import { costExplorerGetSavingsPlansUtilization } from './cost-explorer/get-savings-plans-utilization.ts';
import { costOptimizationHubListRecommendations } from './cost-optimization-hub/list-recommendations.ts';
import { dynamodbDescribeContinuousBackups } from './dynamodb/describe-continuous-backups.ts';
import { dynamodbDescribeTable } from './dynamodb/describe-table.ts';
import { dynamodbListTables } from './dynamodb/list-tables.ts';
import { ec2DescribeAddresses } from './ec2/describe-addresses.ts';
import { ec2DescribeCapacityReservations } from './ec2/describe-capacity-reservations.ts';
import { ec2DescribeHosts } from './ec2/describe-hosts.ts';
import { ec2DescribeImages } from './ec2/describe-images.ts';
import { ec2DescribeInstances } from './ec2/describe-instances.ts';
import { ec2DescribeLaunchTemplateVersions } from './ec2/describe-launch-template-versions.ts';
import { ec2DescribeNatGateways } from './ec2/describe-nat-gateways.ts';
import { ec2DescribeRegions } from './ec2/describe-regions.ts';
import { ec2DescribeReservedInstances } from './ec2/describe-reserved-instances.ts';
import { ec2DescribeSnapshots } from './ec2/describe-snapshots.ts';
import { ec2DescribeTransitGatewayAttachments } from './ec2/describe-transit-gateway-attachments.ts';
import { ec2DescribeVolumes } from './ec2/describe-volumes.ts';
import { ec2DescribeVpcEndpoints } from './ec2/describe-vpc-endpoints.ts';
import { ecrDescribeRepositories } from './ecr/describe-repositories.ts';
import { ecrGetLifecyclePolicy } from './ecr/get-lifecycle-policy.ts';
import { ecsDescribeClusters } from './ecs/describe-clusters.ts';
import { ecsDescribeServices } from './ecs/describe-services.ts';
import { ecsDescribeTaskDefinition } from './ecs/describe-task-definition.ts';
import { ecsListClusters } from './ecs/list-clusters.ts';
import { ecsListServices } from './ecs/list-services.ts';
import { efsDescribeFileSystems } from './efs/describe-file-systems.ts';
import { eksDescribeAddon } from './eks/describe-addon.ts';
import { eksDescribeCluster } from './eks/describe-cluster.ts';
import { eksDescribeClusterVersions } from './eks/describe-cluster-versions.ts';
import { eksDescribeNodegroup } from './eks/describe-nodegroup.ts';
import { eksListAddons } from './eks/list-addons.ts';
import { eksListClusters } from './eks/list-clusters.ts';
import { eksListFargateProfiles } from './eks/list-fargate-profiles.ts';
import { eksListInsights } from './eks/list-insights.ts';
import { eksListNodegroups } from './eks/list-nodegroups.ts';
import { elasticLoadBalancingDescribeLoadBalancers } from './elastic-load-balancing/describe-load-balancers.ts';
import { elasticLoadBalancingV2DescribeLoadBalancers } from './elastic-load-balancing-v2/describe-load-balancers.ts';
import { elasticLoadBalancingV2DescribeTargetGroups } from './elastic-load-balancing-v2/describe-target-groups.ts';
import { elasticLoadBalancingV2DescribeTargetHealth } from './elastic-load-balancing-v2/describe-target-health.ts';
import { elasticacheDescribeCacheClusters } from './elasticache/describe-cache-clusters.ts';
import { elasticacheDescribeReplicationGroups } from './elasticache/describe-replication-groups.ts';
import { elasticacheDescribeReservedCacheNodes } from './elasticache/describe-reserved-cache-nodes.ts';
import { fsxDescribeFileSystems } from './fsx/describe-file-systems.ts';
import { globalAcceleratorListAccelerators } from './global-accelerator/list-accelerators.ts';
import { kinesisDescribeStreamSummary } from './kinesis/describe-stream-summary.ts';
import { kinesisListStreams } from './kinesis/list-streams.ts';
import { kmsDescribeKey } from './kms/describe-key.ts';
import { kmsListKeys } from './kms/list-keys.ts';
import { lambdaListFunctions } from './lambda/list-functions.ts';
import { memorydbDescribeClusters } from './memorydb/describe-clusters.ts';
import { memorydbDescribeReservedNodes } from './memorydb/describe-reserved-nodes.ts';
import { opensearchDescribeDomains } from './opensearch/describe-domains.ts';
import { opensearchDescribeReservedInstances } from './opensearch/describe-reserved-instances.ts';
import { opensearchListDomainNames } from './opensearch/list-domain-names.ts';
import { organizationsDescribeOrganization } from './organizations/describe-organization.ts';
import { organizationsListAccounts } from './organizations/list-accounts.ts';
import { rdsDescribeDBClusterSnapshots } from './rds/describe-db-cluster-snapshots.ts';
import { rdsDescribeDBClusters } from './rds/describe-db-clusters.ts';
import { rdsDescribeDBInstances } from './rds/describe-db-instances.ts';
import { rdsDescribeDBSnapshots } from './rds/describe-db-snapshots.ts';
import { rdsDescribeReservedDBInstances } from './rds/describe-reserved-db-instances.ts';
import { redshiftDescribeClusters } from './redshift/describe-clusters.ts';
import { redshiftDescribeReservedNodes } from './redshift/describe-reserved-nodes.ts';
import { route53ListHealthChecks } from './route-53/list-health-checks.ts';
import { s3GetBucketLifecycleConfiguration } from './s3/get-bucket-lifecycle-configuration.ts';
import { s3GetBucketLocation } from './s3/get-bucket-location.ts';
import { s3ListBuckets } from './s3/list-buckets.ts';
import { s3ListMultipartUploads } from './s3/list-multipart-uploads.ts';
import { sagemakerDescribeDomain } from './sagemaker/describe-domain.ts';
import { sagemakerDescribeEndpoint } from './sagemaker/describe-endpoint.ts';
import { sagemakerDescribeEndpointConfig } from './sagemaker/describe-endpoint-config.ts';
import { sagemakerDescribeNotebookInstance } from './sagemaker/describe-notebook-instance.ts';
import { sagemakerListApps } from './sagemaker/list-apps.ts';
import { sagemakerListDomains } from './sagemaker/list-domains.ts';
import { sagemakerListEndpoints } from './sagemaker/list-endpoints.ts';
import { sagemakerListNotebookInstances } from './sagemaker/list-notebook-instances.ts';
import { savingsplansDescribeSavingsPlans } from './savingsplans/describe-savings-plans.ts';
import { secretsManagerListSecrets } from './secrets-manager/list-secrets.ts';
import { supportDescribeTrustedAdvisorCheckResult } from './support/describe-trusted-advisor-check-result.ts';
import { supportDescribeTrustedAdvisorChecks } from './support/describe-trusted-advisor-checks.ts';
import { transferListServers } from './transfer/list-servers.ts';

/** Every operation a live collection asks, one line each; a detail operation stands after the ones it reads. */
export const COLLECTORS: readonly Collector[] = [
  ec2DescribeRegions,
  ec2DescribeInstances,
  ec2DescribeVolumes,
  ec2DescribeSnapshots,
  ec2DescribeImages,
  ec2DescribeAddresses,
  ec2DescribeNatGateways,
  ec2DescribeVpcEndpoints,
  ec2DescribeReservedInstances,
  ec2DescribeCapacityReservations,
  ec2DescribeHosts,
  ec2DescribeLaunchTemplateVersions,
  ec2DescribeTransitGatewayAttachments,
  elasticLoadBalancingDescribeLoadBalancers,
  elasticLoadBalancingV2DescribeLoadBalancers,
  elasticLoadBalancingV2DescribeTargetGroups,
  elasticLoadBalancingV2DescribeTargetHealth,
  autoScalingDescribeAutoScalingGroups,
  applicationAutoScalingDescribeScalableTargets,
  rdsDescribeDBInstances,
  rdsDescribeDBClusters,
  rdsDescribeDBSnapshots,
  rdsDescribeDBClusterSnapshots,
  rdsDescribeReservedDBInstances,
  lambdaListFunctions,
  s3ListBuckets,
  s3GetBucketLocation,
  s3GetBucketLifecycleConfiguration,
  s3ListMultipartUploads,
  eksListClusters,
  eksDescribeCluster,
  eksListNodegroups,
  eksDescribeNodegroup,
  eksListFargateProfiles,
  eksListAddons,
  eksDescribeAddon,
  eksDescribeClusterVersions,
  eksListInsights,
  ecsListClusters,
  ecsDescribeClusters,
  ecsListServices,
  ecsDescribeServices,
  ecsDescribeTaskDefinition,
  dynamodbListTables,
  dynamodbDescribeTable,
  dynamodbDescribeContinuousBackups,
  elasticacheDescribeCacheClusters,
  elasticacheDescribeReplicationGroups,
  elasticacheDescribeReservedCacheNodes,
  memorydbDescribeClusters,
  memorydbDescribeReservedNodes,
  redshiftDescribeClusters,
  redshiftDescribeReservedNodes,
  opensearchListDomainNames,
  opensearchDescribeDomains,
  opensearchDescribeReservedInstances,
  sagemakerListEndpoints,
  sagemakerDescribeEndpoint,
  sagemakerDescribeEndpointConfig,
  sagemakerListNotebookInstances,
  sagemakerDescribeNotebookInstance,
  sagemakerListDomains,
  sagemakerDescribeDomain,
  sagemakerListApps,
  cloudwatchLogsDescribeLogGroups,
  cloudwatchDescribeAlarms,
  kinesisListStreams,
  kinesisDescribeStreamSummary,
  efsDescribeFileSystems,
  fsxDescribeFileSystems,
  ecrDescribeRepositories,
  ecrGetLifecyclePolicy,
  kmsListKeys,
  kmsDescribeKey,
  secretsManagerListSecrets,
  transferListServers,
  route53ListHealthChecks,
  globalAcceleratorListAccelerators,
  organizationsDescribeOrganization,
  organizationsListAccounts,
  budgetsDescribeBudgets,
  budgetsDescribeBudgetPerformanceHistory,
  costExplorerGetCostAndUsage,
  costExplorerGetCostForecast,
  costExplorerGetReservationUtilization,
  costExplorerGetReservationCoverage,
  costExplorerGetSavingsPlansUtilization,
  costExplorerGetSavingsPlansCoverage,
  costExplorerGetAnomalies,
  costExplorerGetAnomalyMonitors,
  savingsplansDescribeSavingsPlans,
  costOptimizationHubListRecommendations,
  computeOptimizerGetEC2InstanceRecommendations,
  computeOptimizerGetEBSVolumeRecommendations,
  computeOptimizerGetRDSDatabaseRecommendations,
  computeOptimizerGetLambdaFunctionRecommendations,
  computeOptimizerGetAutoScalingGroupRecommendations,
  computeOptimizerGetECSServiceRecommendations,
  computeOptimizerGetIdleRecommendations,
  supportDescribeTrustedAdvisorChecks,
  supportDescribeTrustedAdvisorCheckResult,
];
