/**
 * What stays readable when names are replaced: words that AWS defines, never words an account defines.
 *
 * Everything that is not listed here is replaced, so that a member nobody thought of leaks nothing; a rule that reads a new
 * member with AWS's own words needs it in `KEPT_MEMBER`, and the test of equal findings says so.
 */

/** Members whose values are AWS's own words when they look like ones: types, states, versions, places, units. Shapes: botocore service models, 2026-11-20. */
const KEPT_MEMBER =
  /(?:^|[a-z0-9_])(?:Status|State|Types?|Class(?:es)?|Engine|Versions?|Mode|Tier|Family|Platform|PlatformDetails|Life[Cc]ycle|Architectures?|Runtimes?|Protocol|Scheme|Tenancy|Units?|Window|Currency|Granularity|Regions?|AvailabilityZones?|AvailabilityZoneName|Effort|Risk|Finding|Findings|FindingReasonCodes|PaymentOption|OfferingClass|LicenseModel|UsageOperation|OwningService|Namespace|Stat|Statistic|StateValue)$|^(?:status|state|types?|class|engine|versions?|mode|tier|platform|lifecycle|arch|runtimes?|protocol|scheme|units?|currency|regions?|category|checkId|addonName|addons|finding|findingReasonCodes|Metrics)$/;

/** Whether the member may keep a value that has the form of a word of AWS. */
export function isKeptMember(name: string): boolean {
  return KEPT_MEMBER.test(name);
}

/** Forms of values that say nothing about an account, whatever the member: numbers, times, types, places, services, our own markers. */
const KEPT_FORMS: readonly RegExp[] = [
  /^$/,
  /^(?:true|false|TRUE|FALSE|default|amazon(?:-[a-z]+)?|self|aws|AWS|none|None|all|ALL|any|\*)$/,
  /^[-+]?(?:\d{1,9}|\d{1,20}\.\d{1,20})%?$/,
  /^\$\d{1,3}(?:,?\d{3}){0,3}(?:\.\d{1,4})?$/,
  /^(?:Linux\/UNIX(?: \(Amazon VPC\))?|Ubuntu Pro|SUSE Linux|Red Hat Enterprise Linux(?: with [A-Za-z ]{1,40})?|Windows(?: BYOL| with SQL Server [A-Za-z]{1,20})?|SQL Server [A-Za-z]{1,20})$/,
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun):)?\d{2}:\d{2}-(?:(?:mon|tue|wed|thu|fri|sat|sun):)?\d{2}:\d{2}$/,
  /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov|us-iso[a-z]?)-(?:central|north|south|east|west|northeast|northwest|southeast|southwest)-\d[a-z]?$/,
  /^(?:db|cache|ml|search)?\.?[a-z][a-z0-9-]{0,12}\.(?:nano|micro|small|medium|large|\d{0,2}xlarge|metal(?:-\d{1,2}xl)?|\d{1,4}gb)(?:\.(?:search|elasticsearch))?$/,
  /^(?!\d+\.\d+\.\d+\.\d+$)v?\d{1,4}(?:\.\d{1,6}){1,4}(?:[.+-][a-z0-9.]{1,30})?$/,
  /^com\.amazonaws\.(?!vpce)(?:[a-z]{2}(?:-[a-z]{2,9}){1,3}-\d|global)\.[a-z0-9.-]{1,40}$/,
  /^(?:AWS|ECS)\/[A-Za-z0-9]{1,40}$/,
  /^[a-z0-9-]{1,30}\.amazonaws\.com$/,
  /^default[.:][a-z0-9.:-]{1,40}$/,
  /^(?:CPU|MEMORY|GPU|GPU_MEMORY|(?:EBS|DISK|NETWORK|VOLUME)_[A-Z_]{1,40})$/,
  /^(?:User initiated|User initiated \(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} GMT\)|(?:Client|Server)\.[A-Za-z.]{1,60})$/,
  /^(?:ComputeOptimizer|CostExplorer)$/,
  /^\[redacted:[a-z-]{1,40}\]$/,
  /^(?:FARGATE|FARGATE_SPOT|active|active_impaired|provisioning|failed)$/,
  /^(?:SERVICE|LINKED_ACCOUNT|REGION|USAGE_TYPE|RECORD_TYPE|INSTANCE_TYPE|AZ|TAG|DIMENSION)$/,
];

/** Whether a value stays as it is under every member. */
export function isKeptForm(text: string): boolean {
  return text.length <= 64 && KEPT_FORMS.some((form) => form.test(text));
}

/** The form of AWS's own words; what stands beside an account id or a path is none. */
export const WORD_OF_AWS = /^[A-Za-z0-9$][A-Za-z0-9 ._:()$+-]{0,63}$/;

/** Names of services as Cost Explorer gives them under `Keys`. */
export const SERVICE_NAME =
  /^(?:Amazon|AWS|CloudWatch|EC2 - Other|Tax|Savings Plans)(?: [A-Za-z0-9()&' -]{1,60}|[A-Z][A-Za-z]{1,40})?$/;

/** Words inside ARNs and paths that AWS writes: kinds of resources, services. */
export const STRUCTURE: ReadonlySet<string> = new Set(
  (
    'app net gwy alias addon application bucket capacity-provider certificate cluster cluster-snapshot db db-cluster db-instance ' +
    'container-instance containerinsights delivery-stream distribution domain elastic-ip endpoint endpoint-config event-bus ' +
    'fargateprofile file-system function global-cluster globalaccelerator group image index instance instance-profile key ' +
    'key-pair lambda launch-template layer listener loadbalancer log-group log-stream natgateway network-interface nodegroup ' +
    'notebook-instance og parameter parametergroup pg pol policy project replicationgroup repository reserved-instances ' +
    'ri role root rule savingsplan scalableTarget scalingPolicy autoScalingGroup autoScalingGroupName secret ' +
    'security-group service sgrp snapshot spot-fleet-request stack stream subgrp subnet table targetgroup task ' +
    'task-definition topic transit-gateway user volume vpc vpc-endpoint apigateway autoscaling backup batch codebuild dynamodb ebs ' +
    'ec2 ecr ecs efs eks elasticache elasticfilesystem elasticloadbalancing es events fsx iam kinesis kms logs memorydb ' +
    'opensearch rds redshift route53 s3 sagemaker secretsmanager sns sqs ssm states sts transfer vendedlogs'
  ).split(' '),
);

/** Tag keys that stay: AWS's own, `Name`, and the ones that name an environment. */
export const KEPT_TAG = /^(?:aws:[a-z0-9:-]{1,60}|Name|env|environment|stage|tier|lifecycle-environment)$/i;

/** Members that hold maps with keys of the account's own. */
export const OWN_MAPS: ReadonlySet<string> = new Set([
  'attributes',
  'dockerLabels',
  'labels',
  'options',
  'ResourceTags',
  'systemTags',
  'tags',
  'Tags',
  'Variables',
]);

/** Prefixes of ids that AWS makes: the prefix stays, the digits are replaced. */
export const AWS_ID =
  /^(acl|ami|cr|dopt|eipalloc|eipassoc|eni|eni-attach|fs|fsap|fsmt|h|i|igw|lt|nat|pl|r|rtb|rtbassoc|sg|sgr|sir|snap|subnet|tgw|tgw-attach|tgw-rtb|vgw|vol|vpc|vpce|vpce-svc|vpn)-([0-9a-f]{8}|[0-9a-f]{17})$/;
