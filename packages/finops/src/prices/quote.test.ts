import { expect, it } from 'vitest';
import { Decimal } from '../money.ts';
import { aTable } from '../testing/index.ts';
import { entriesUsed, quote } from './quote.ts';
import { ebsVolume } from './things/ebs.ts';
import { ec2Instance } from './things/ec2.ts';
import { eksCluster } from './things/containers.ts';
import { lambdaEdge, lambdaFunction } from './things/lambda.ts';
import { dataTransfer, loadBalancer } from './things/network.ts';
import { rdsInstance, rdsStorage } from './things/rds.ts';
import { s3Bucket } from './things/s3.ts';
import { sagemakerServerless } from './things/sagemaker.ts';
import { meter, type Usage } from './usage.ts';
import { ourPrices } from './testing/our-prices.ts';

const costs = (usages: readonly Usage[], prices = ourPrices) =>
  quote(usages, prices).components.map(({ component, usd }) => [component, usd.toFixed()]);

// By hand from the list prices of us-east-1 named in the table.
it.each<[string, readonly Usage[], readonly (readonly string[])[]]>([
  [
    'an instance: 730 h of m5.large at 0.096 and 7 metrics at 0.30',
    ec2Instance({ region: 'us-east-1', type: 'm5.large', hours: 730, detailedMonitoring: 1 }),
    [
      ['Instance usage', '70.08'],
      ['EC2 detailed monitoring', '2.1'],
    ],
  ],
  [
    'a gp3 volume: 500 GB at 0.08, 1,000 IOPS above 3,000 at 0.005, 75 MiB/s above 125 at 0.04',
    ebsVolume({ region: 'us-east-1', type: 'gp3', gib: 500, iops: 4000, mibps: 200 }),
    [
      ['Storage', '40'],
      ['Provisioned IOPS', '5'],
      ['Provisioned throughput', '3'],
    ],
  ],
  [
    'a gp3 volume within what is included',
    ebsVolume({ region: 'us-east-1', type: 'gp3', gib: 10, iops: 3000, mibps: 125 }),
    [['Storage', '0.8']],
  ],
  [
    'a gp2 volume, whose IOPS come with its size',
    ebsVolume({ region: 'us-east-1', type: 'gp2', gib: 100, iops: 300 }),
    [['Storage', '10']],
  ],
  [
    'a Multi-AZ database of 2 vCPUs with extended support in year 1: 730 h at 0.272 and 2 x 2 x 730 vCPU-hours at 0.10',
    rdsInstance({
      region: 'us-east-1',
      engine: 'mysql',
      instanceClass: 'db.t3.large',
      multiAz: true,
      hours: 730,
      extendedSupportVcpuHours: 2920,
      extendedSupportYear: 1,
    }),
    [
      ['Database instance', '198.56'],
      ['Extended support', '292'],
    ],
  ],
  [
    'gp3 storage of a database at 399 GiB: 3,000 IOPS are included',
    rdsStorage({ region: 'us-east-1', type: 'gp3', gib: 399, iops: 4000 }),
    [
      ['Storage', '45.885'],
      ['Provisioned IOPS', '20'],
    ],
  ],
  [
    'gp3 storage of a database at 400 GiB: 12,000 IOPS are included',
    rdsStorage({ region: 'us-east-1', type: 'gp3', gib: 400, iops: 12_000 }),
    [['Storage', '46']],
  ],
  [
    'a cluster in extended support: the whole hour costs 0.60',
    eksCluster({ region: 'us-east-1', hours: 730, extendedSupport: true }),
    [['EKS cluster', '438']],
  ],
  [
    'a load balancer with 2 capacity units on average: 730 x 2 x 0.008',
    loadBalancer({ region: 'us-east-1', type: 'application', hours: 730, capacityUnits: 2 }),
    [
      ['Load balancer', '16.425'],
      ['Load balancer capacity units', '11.68'],
    ],
  ],
  [
    '60 TB to the internet: 10,240 x 0.09, 40,960 x 0.085, 10,240 x 0.07',
    dataTransfer({ region: 'us-east-1', internetGb: 61_440 }),
    [['Outbound data transfer to Internet', '5120']],
  ],
])('prices %s', (_, usages, expected) => {
  expect(costs(usages)).toStrictEqual(expected);
});

// 1,000,000 requests of 100 ms: 100,000 s x memory; at 0.0000166667 (x86) and 0.0000133334 (arm) a GB-second.
it.each([
  ['x86', 128, '0.20833375'],
  ['x86', 1024, '1.66667'],
  ['x86', 10_240, '16.6667'],
  ['arm', 128, '0.1666675'],
  ['arm', 10_240, '13.3334'],
] as const)('prices Lambda on %s with %i MiB', (arch, memoryMib, usd) => {
  const usages = lambdaFunction({ region: 'us-east-1', arch, requests: 1_000_000, averageMs: 100, memoryMib });
  expect(costs(usages)).toStrictEqual([
    ['Requests', '0.2'],
    ['Duration', usd],
  ]);
});

it.each([127, 10_241])('refuses Lambda memory of %i MiB', (memoryMib) => {
  const fn = { region: 'us-east-1', arch: 'x86', requests: 1, averageMs: 1, memoryMib } as const;
  expect(() => lambdaFunction(fn)).toThrow(`expected memory of 128 to 10240 MiB, got ${memoryMib}`);
});

it('prices provisioned concurrency, its duration and ephemeral storage above 512 MiB', () => {
  const usages = lambdaFunction({
    region: 'us-east-1',
    arch: 'arm',
    requests: 1_000_000,
    averageMs: 1000,
    memoryMib: 1024,
    ephemeralMib: 1536,
    provisioned: { concurrency: 10, seconds: 100_000 },
  });
  expect(costs(usages)).toStrictEqual([
    ['Requests', '0.2'],
    ['Duration', '7.7778'],
    ['Provisioned Concurrency', '3.3334'],
    ['Ephemeral storage', '0.0309'],
  ]);
});

it('prices Lambda@Edge: 1M requests at 0.60 and 6,250 GB-seconds at 0.00005001', () => {
  expect(costs(lambdaEdge({ requests: 1_000_000, averageMs: 50, memoryMib: 128 }))).toStrictEqual([
    ['Edge requests', '0.6'],
    ['Edge duration', '0.3125625'],
  ]);
});

it('prices S3 Standard over three tiers: 51,200 at 0.023, 460,800 at 0.022, 1,000 at 0.021', () => {
  const usages = s3Bucket({ region: 'us-east-1', storageClass: 'standard', gbMonths: 513_000 });
  expect(costs(usages)).toStrictEqual([['Storage', '11336.2']]);
});

it('asks serverless inference by memory size', () => {
  const usages = sagemakerServerless({ region: 'us-east-1', requests: 1000, averageMs: 2000, memoryMib: 2048 });
  expect(usages).toStrictEqual([
    {
      component: 'Serverless inference',
      key: 'sagemaker/us-east-1/serverless-2048-mib/second',
      quantity: new Decimal(2000),
    },
  ]);
});

it('never takes the price of another region', () => {
  const quoted = quote(ec2Instance({ region: 'eu-west-3', type: 'm5.large', hours: 730 }), ourPrices);
  expect([quoted.components, quoted.usdMonth]).toStrictEqual([[], undefined]);
});

const tiered = aTable({
  'x/r/thing/gb': { usd: '0.10', unit: 'GB', source: 'made for the test', as_of: '2026-11-20' },
  'x/r/thing/gb/tier-2': { usd: '0.05', unit: 'GB', source: 'made for the test', as_of: '2026-11-20', from: '100' },
  'x/r/first/gb': { usd: '0.10', unit: 'GB', source: 'made for the test', as_of: '2026-11-20', up_to: '100' },
});

it.each([
  ['0', ['0']],
  ['100', ['10']],
  ['100.5', ['10', '0.025']],
])('splits %s GB over the tiers', (quantity, parts) => {
  const [component] = quote([meter('Data', 'x/r/thing/gb', quantity)], tiered).components;
  expect(component?.parts.map(({ usd }) => usd.toFixed())).toStrictEqual(parts);
});

it('does not price what reaches a tier that nobody sourced', () => {
  expect(quote([meter('Data', 'x/r/first/gb', '100')], tiered).missing).toStrictEqual([]);
  expect(quote([meter('Data', 'x/r/first/gb', '100.01')], tiered).missing).toHaveLength(1);
});

it('cites each entry it used once', () => {
  const quoted = quote([meter('In', 'x/r/thing/gb', '150'), meter('Out', 'x/r/thing/gb', '1')], tiered);
  expect(entriesUsed(quoted).map(({ citation }) => citation.pointer)).toStrictEqual([
    '/entries/x~1r~1thing~1gb',
    '/entries/x~1r~1thing~1gb~1tier-2',
  ]);
});
