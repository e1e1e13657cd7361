import { HOURS_PER_MONTH } from '../../money.ts';
import { auroraStorage } from '../things/rds.ts';
import { meter } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';
import type { Reading } from './golden-things.ts';

/** How the remaining lines read whose price key or quantity depends on more than their component. */
export const SERVICE_READINGS: readonly Reading[] = [
  {
    tests: /^rds_cluster/,
    component: /^(Storage|I\/O requests|Backup storage)$/,
    usage: (line, [, what]) => {
      const region = line.resource.endsWith('brazil') ? 'sa-east-1' : line.region;
      const amount = quantityOf(line);
      if (what === 'Storage') return auroraStorage({ region, gib: amount })[0];
      const used = what === 'Backup storage' ? { backupGb: amount } : { ioMillions: amount };
      return auroraStorage({ region, gib: 0, ...used }).at(-1);
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

const quantityOf = ({ quantity }: GoldenLine) => quantity || '1';
const HOURS = HOURS_PER_MONTH;
