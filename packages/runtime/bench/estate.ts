import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyze, readConfig } from '../src/index.ts';

const TYPES = ['m5.large', 'm5.xlarge', 'c5.2xlarge', 'r5.large', 't3.medium', 'm7g.large', 'm6i.4xlarge', 'c7i.large'];

/** Estate directory to verified report: n instances and volumes with 14 days of hourly metrics. Bar: 10,000 in 10 s and 1 GB on 2 cores. */
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) await measure(size);

async function measure(resources: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-bench-'));
  try {
    const bytes = writeEstate(join(folder, 'estate'), resources);
    const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: join(folder, 'home') } });
    const start = performance.now();
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const outcome = await analyze(config, {
      estate: join(folder, 'estate'),
      bills: [],
      asOf: '2026-11-20',
      out: join(folder, 'out'),
      formats: ['html', 'md', 'csv'],
      external: false,
      observer: { event: () => undefined },
      signal: new AbortController().signal,
    });
    clearInterval(watch);
    const seconds = (performance.now() - start) / 1000;
    const findings = outcome.report.totals.findings;
    console.log(
      `${resources} resources, ${(bytes / 1e6).toFixed(0)} MB: ${seconds.toFixed(1)} s, ${Math.round((seconds * 1e6) / resources)} us a resource, peak RSS ${(peak / 1e6).toFixed(0)} MB, ${findings} findings`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeEstate(folder: string, resources: number): number {
  const region = join(folder, '123456789012', 'us-east-1');
  mkdirSync(region, { recursive: true });
  let bytes = 0;
  const write = (name: string, text: string): void => {
    bytes += text.length;
    writeFileSync(join(region, name), text);
  };
  const perPage = 1_000;
  for (let page = 0; page * perPage < resources / 2; page++) {
    const ids = Array.from({ length: Math.min(perPage, resources / 2 - page * perPage) }, (_, n) => page * perPage + n);
    write(
      `ec2.DescribeInstances.${page}.json`,
      JSON.stringify({ Reservations: ids.map((n) => ({ OwnerId: '123456789012', Instances: [instance(n)] })) }),
    );
    write(`ec2.DescribeVolumes.${page}.json`, JSON.stringify({ Volumes: ids.map(volume) }));
  }
  write(
    'metrics.ndjson',
    Array.from({ length: resources / 2 }, (_, n) => series(n))
      .flat()
      .join('\n'),
  );
  return bytes;
}

function instance(n: number): object {
  const InstanceType = TYPES[n % TYPES.length];
  return {
    InstanceId: idOf('i', n),
    InstanceType,
    ImageId: 'ami-0123456789abcdef0',
    State: { Code: 16, Name: 'running' },
    LaunchTime: '2025-03-01T10:00:00+00:00',
    PlatformDetails: 'Linux/UNIX',
    Architecture: InstanceType?.includes('g.') ? 'arm64' : 'x86_64',
    Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeId: idOf('vol', n), Status: 'attached' } }],
    Tags: [{ Key: 'Name', Value: `node-${n}` }],
  };
}

function volume(n: number): object {
  const attached = n % 10 !== 0;
  return {
    VolumeId: idOf('vol', n),
    VolumeType: n % 3 === 0 ? 'gp2' : 'gp3',
    Size: 20 + (n % 200),
    Iops: 3000,
    Throughput: 125,
    State: attached ? 'in-use' : 'available',
    CreateTime: '2025-03-01T10:00:00+00:00',
    AvailabilityZone: 'us-east-1a',
    Attachments: attached ? [{ InstanceId: idOf('i', n), VolumeId: idOf('vol', n), State: 'attached' }] : [],
  };
}

function series(n: number): string[] {
  const busy = n % 4 === 0 ? 1 : 30;
  const hours = (scale: number): number[] =>
    Array.from({ length: 336 }, (_, hour) => Math.round(scale * (1 + ((hour * 7 + n) % 24) / 24) * 100) / 100);
  const line = (metric: string, stat: string, values: number[]): string =>
    JSON.stringify({
      namespace: 'AWS/EC2',
      metric,
      dimensions: { InstanceId: idOf('i', n) },
      stat,
      period_seconds: 3600,
      start: '2026-11-06T00:00:00Z',
      values,
    });
  return [
    line('CPUUtilization', 'Maximum', hours(busy)),
    line('NetworkIn', 'Sum', hours(busy * 1_000)),
    line('NetworkOut', 'Sum', hours(busy * 1_000)),
  ];
}

function idOf(kind: string, n: number): string {
  return `${kind}-${n.toString(16).padStart(17, '0')}`;
}
