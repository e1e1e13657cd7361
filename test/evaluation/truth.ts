/**
 * The kinds of waste a workload can have, and which rule is to find each: the one place where truth and rules meet.
 *
 * A kind is decided by the maker of the resource from what the workload did or needs; no threshold of a rule stands in it.
 */
export const RULE_OF = {
  'machine nobody uses': 'ec2-idle',
  'machine larger than its work': 'ec2-oversized',
  'machine of an old type': 'ec2-previous-generation',
  'machine on x86 that runs on arm': 'ec2-graviton',
  'machine stopped and forgotten': 'ec2-stopped-long',
  'image nobody starts': 'ec2-unused-image',
  'group that cannot follow its load': 'autoscaling-fixed-size',
  'disk of an old general type': 'ebs-gp2-to-gp3',
  'disk with speed nobody needs': 'ebs-gp3-unused-performance',
  'disk nobody reads or writes': 'ebs-idle',
  'disk with guaranteed speed nobody needs': 'ebs-io-to-gp3',
  'magnetic disk': 'ebs-magnetic-review',
  'snapshot nobody restores': 'ebs-old-snapshot',
  'disk of a forgotten machine': 'ebs-on-stopped-instance',
  'disk left behind': 'ebs-unattached',
  'alarm of something gone': 'cloudwatch-alarm-insufficient-data',
  'table nobody uses': 'dynamodb-idle',
  'table sized for a peak that never comes': 'dynamodb-overprovisioned',
  'file system nobody can mount': 'efs-unmounted',
  'nodes on x86 that run on arm': 'eks-node-graviton',
  'cache on x86': 'elasticache-graviton',
  'cache with the dearer engine': 'elasticache-redis-to-valkey',
  'classic balancer in front of nothing': 'elb-classic-no-instances',
  'balancer in front of nothing': 'elb-no-targets',
  'function on x86 that runs on arm': 'lambda-arm64',
  'function nobody calls': 'lambda-idle',
  'logs kept for ever': 'logs-no-retention',
  'address nobody uses': 'network-idle-elastic-ip',
  'endpoint nobody uses': 'network-idle-interface-endpoint',
  'gateway nobody uses': 'network-idle-nat-gateway',
  'search domain on x86': 'opensearch-graviton',
  'database on x86': 'rds-graviton-class',
  'database nobody uses': 'rds-idle',
  'second copy of a test database': 'rds-multi-az-non-production',
  'database snapshot nobody restores': 'rds-old-manual-snapshot',
  'database of an old class': 'rds-previous-generation-class',
  'stopped database': 'rds-stopped',
  'notebook that never sleeps': 'sagemaker-notebook-running',
  'secret nobody reads': 'secrets-unused',
} as const;

/** A kind of waste. */
export type WasteKind = keyof typeof RULE_OF;
