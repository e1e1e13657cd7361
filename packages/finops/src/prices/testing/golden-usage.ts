import { HOURS_PER_MONTH } from '../../money.ts';
import { cloudwatch } from '../things/cloudwatch.ts';
import { eksCluster, fargateTasks } from '../things/containers.ts';
import { dynamodbTable } from '../things/dynamodb.ts';
import { dataTransfer, loadBalancer, natGateway, vpcEndpoint } from '../things/network.ts';
import { auroraStorage } from '../things/rds.ts';
import { type Usage, meter } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';
import { METERS } from './golden-meters.ts';
import { S3_READINGS } from './golden-s3.ts';
import { type Reading, THING_READINGS } from './golden-things.ts';

/** What the engine is asked for one line, and whether the line is one tier of several. */
export interface GoldenUsage {
  readonly usage: Usage;
  readonly tiered: boolean;
}

const TIER = / \((?:first|next|over) [^)]*\)$/;

/** Asks the engine what a golden line states; `undefined` for a component that is not covered, or a line that does not say enough. */
export function usageOf(line: GoldenLine): GoldenUsage | undefined {
  if (line.resource.endsWith('_another_region')) return undefined; // The file does not say which.
  const component = line.component.replace(TIER, '');
  const tiered = component !== line.component;
  const usage =
    readBy([...THING_READINGS, ...OTHER_READINGS, ...S3_READINGS], line, component) ?? meterOf(line, component);
  return usage && { usage, tiered };
}

function readBy(readings: readonly Reading[], line: GoldenLine, component: string): Usage | undefined {
  for (const reading of readings) {
    const match = reading.tests.test(line.test) ? reading.component.exec(component) : null;
    const usage = match === null ? undefined : reading.usage(line, match);
    if (usage !== undefined) return usage;
  }
  return undefined;
}

function meterOf(line: GoldenLine, component: string): Usage | undefined {
  for (const [test, pattern, key] of METERS) {
    const match = test === line.test ? pattern.exec(component) : null;
    if (match === null) continue;
    const filled = key.replace('{r}', line.region).replace('{*}', match[1]?.toLowerCase() ?? '');
    return meter(component, filled, quantityOf(line));
  }
  return undefined;
}

const quantityOf = ({ quantity }: GoldenLine) => quantity || '1';
const last = (usages: readonly Usage[]) => usages.at(-1);
const HOURS = HOURS_PER_MONTH;
const transferRegion = ({ resource }: GoldenLine) => resource.replace('aws_data_transfer.', '');

const OTHER_READINGS: readonly Reading[] = [
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to Internet$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), internetGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Intra-region data transfer$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), intraRegionGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to other regions$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), interRegionGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to US East regions$/,
    usage: (line) => meter(line.component, `transfer/${transferRegion(line)}/us-east/gb`, quantityOf(line)),
  },
  {
    tests: /^(ecs_service|eks_fargate_profile)$/,
    component: /^Per (GB|vCPU) per hour$/,
    usage: (line, [, unit]) => {
      const size = { vcpu: unit === 'vCPU' ? quantityOf(line) : 0, gb: unit === 'GB' ? quantityOf(line) : 0 };
      const [vcpu, gb] = fargateTasks({ region: line.region, arch: 'x86', ...size, hours: HOURS });
      return unit === 'vCPU' ? vcpu : gb;
    },
  },
  {
    tests: /^eks_(cluster|fargate_profile)$/,
    component: /^EKS cluster( \(extended support\))?$/,
    usage: (line, [, extended]) =>
      last(eksCluster({ region: line.region, hours: quantityOf(line), extendedSupport: extended !== undefined })),
  },
  {
    tests: /^dynamodb_table$/,
    component: /^(Write|Read) (request|capacity) unit \(\w+(?:, autoscaling)?\)$/,
    usage: (line, [, direction = '', kind = '']) => {
      const field = `${direction.toLowerCase()}${kind === 'capacity' ? 'Capacity' : 'Requests'}`;
      return last(dynamodbTable({ region: line.region, [field]: quantityOf(line) }));
    },
  },
  {
    tests: /^dynamodb_table$/,
    component: /^Streams read request unit/,
    usage: (line) => last(dynamodbTable({ region: line.region, streamReads: quantityOf(line) })),
  },
  {
    tests: /^lambda_function$/,
    component: /^Duration$/,
    usage: (line) => {
      const arch = /arm/.test(line.resource) ? 'arm' : 'x86';
      return meter(line.component, `lambda/${line.region}/${arch}/gb-second`, quantityOf(line));
    },
  },
  {
    tests: /^(lb|eip|elastic_beanstalk_environment)$/,
    component: /^Load balancer capacity units$/,
    usage: (line) => {
      const type = line.siblings.some(({ component }) => component.startsWith('Application'))
        ? 'application'
        : 'network';
      return last(loadBalancer({ region: line.region, type, hours: HOURS, capacityUnits: quantityOf(line) }));
    },
  },
  {
    tests: /^vpc_endpoint$/,
    component: /^Data processed$/,
    usage: (line) => {
      const gateway = line.siblings.some(({ component }) => component.includes('GatewayLoadBalancer'));
      const type = gateway ? 'gateway-load-balancer' : 'interface';
      return last(vpcEndpoint({ region: line.region, type, hours: 0, gb: quantityOf(line) }));
    },
  },
  {
    tests: /^eip$/,
    component: /^NAT gateway$/,
    usage: (line) => natGateway({ region: line.region, hours: quantityOf(line) })[0],
  },
  {
    tests: /^eip$/,
    component: /^Data processed$/,
    usage: (line) => last(natGateway({ region: line.region, hours: 0, gb: quantityOf(line) })),
  },
  {
    tests: /^cloudwatch_dashboard$/,
    component: /^Dashboard$/,
    usage: (line) => last(cloudwatch({ region: line.region, dashboards: quantityOf(line) })),
  },
  {
    tests: /^rds_cluster/,
    component: /^(Storage|I\/O requests|Backup storage)$/,
    usage: (line, [, what]) => {
      const region = line.resource.endsWith('brazil') ? 'sa-east-1' : line.region;
      const amount = quantityOf(line);
      if (what === 'Storage') return auroraStorage({ region, gib: amount })[0];
      const used = what === 'Backup storage' ? { backupGb: amount } : { ioMillions: amount };
      return last(auroraStorage({ region, gib: 0, ...used }));
    },
  },
  {
    tests: /^rds_cluster/,
    component: /^(Snapshot export|Backtrack)$/,
    usage: (line, [, what]) => {
      const region = line.resource.endsWith('brazil') ? 'sa-east-1' : line.region;
      const key = what === 'Backtrack' ? 'aurora-backtrack/million' : 'aurora-snapshot-export/gb';
      return meter(line.component, `rds/${region}/${key}`, quantityOf(line));
    },
  },
  {
    tests: /^(rds_cluster_instance|db_instance)$/,
    component: /^Performance Insights (?:Long Term Retention \((.+)\)|API)$/,
    usage: (line, [, instanceClass]) => {
      const key = instanceClass ? `performance-insights/${instanceClass}` : 'performance-insights-api/thousand';
      return meter(line.component, `rds/${line.region}/${key}`, quantityOf(line));
    },
  },
  {
    tests: /^db_instance$/,
    component: /^Additional backup storage$/,
    usage: (line) => {
      const family = /^aws_db_instance\.(aurora|extended_support\["aurora)/.test(line.resource)
        ? 'aurora-backup'
        : 'backup';
      return meter(line.component, `rds/${line.region}/${family}/gb-month`, quantityOf(line));
    },
  },
  {
    tests: /^elasticache_cluster$/,
    component: /^ElastiCache \(on-demand, (.+)\)$/,
    usage: (line, [, type]) => {
      const engine = line.resource.endsWith('memcached') ? 'memcached' : 'redis';
      return meter(line.component, `elasticache/${line.region}/${engine}/${type}`, quantityOf(line));
    },
  },
  {
    tests: /^(instance|ebs_volume)$/,
    component: /^I\/O requests$/,
    usage: (line) => meter(line.component, `ebs/${line.region}/standard/io-million`, quantityOf(line)),
  },
  {
    tests: /^db_instance$/,
    component: /^I\/O requests$/,
    usage: (line) => meter(line.component, `rds/${line.region}/storage/magnetic/io-million`, quantityOf(line)),
  },
  {
    tests: /^sqs_queue$/,
    component: /^Requests$/,
    usage: (line) => {
      const kind = /\.fifo/.test(line.resource) ? 'fifo' : 'standard';
      return meter(line.component, `sqs/${line.region}/${kind}-request/million`, quantityOf(line));
    },
  },
  {
    tests: /^route53_health_check$/,
    component: /^(Health check|Optional features)$/,
    usage: (line, [, what]) => {
      // In this test the resources "withUsage" check endpoints outside AWS.
      const endpoint = line.resource.endsWith('withUsage') ? 'other' : 'aws';
      const kind = what === 'Health check' ? 'health-check' : 'health-check-option';
      return meter(line.component, `route53/global/${kind}-${endpoint}/month`, quantityOf(line));
    },
  },
  {
    tests: /^ssm_parameter$/,
    component: /^Parameter storage \(advanced\)$/,
    usage: (line) => {
      const { quantity } = meter('', '', quantityOf(line));
      return meter(line.component, `ssm/${line.region}/advanced-parameter/month`, quantity.div(HOURS));
    },
  },
  {
    tests: /^glue_job$/,
    component: /^Duration$/,
    usage: (line) => {
      const dpus = /\((\d[\d.]*) DPU/.exec(line.unit)?.[1] ?? '1';
      const { quantity } = meter('', '', quantityOf(line));
      return meter(line.component, `glue/${line.region}/dpu/hour`, quantity.times(dpus));
    },
  },
  {
    tests: /^kinesisanalytics/,
    component: /^(Processing \((?:stream|orchestration)\)|Running storage|Backup)$/,
    usage: (line, [, what = '']) => {
      if (!what.startsWith('Processing')) {
        const kind = what === 'Backup' ? 'backup' : 'running-storage';
        return meter(line.component, `flink/${line.region}/${kind}/gb-month`, quantityOf(line));
      }
      const { quantity } = meter('', '', quantityOf(line));
      return meter(line.component, `flink/${line.region}/kpu/hour`, quantity.times(HOURS));
    },
  },
  {
    tests: /^fsx_windows_file_system$/,
    component: /^(SSD|HDD) storage$/,
    usage: (line, [, medium = '']) => {
      const zones = /multi/i.test(line.resource) ? 'multi-az' : 'single-az';
      return meter(
        line.component,
        `fsx/${line.region}/windows-${medium.toLowerCase()}-${zones}/gb-month`,
        quantityOf(line),
      );
    },
  },
];
