import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { normaliseProducts } from './normalise.ts';
import { productsOfOffer } from './product.ts';
import { aProduct, dimension } from './testing/a-product.ts';

const ORIGIN = { source: 'a price list', as_of: '2026-11-20' };
const entriesOf = (...items: JsonObject[]) => normaliseProducts(items, ORIGIN).entries;
const pricesOf = (...items: JsonObject[]) =>
  Object.entries(entriesOf(...items)).map(([key, { usd, unit, from }]) => [
    key,
    usd,
    unit,
    ...(from === undefined ? [] : [from]),
  ]);

const LINUX = {
  instanceType: 'm5.large',
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  capacitystatus: 'Used',
  preInstalledSw: 'NA',
  licenseModel: 'No License required',
  usagetype: 'BoxUsage:m5.large',
};

it('files an instance hour with its SKU, source and day', () => {
  const item = aProduct(['AmazonEC2', 'Compute Instance'], LINUX, [dimension('0.0960000000')]);
  expect(entriesOf(item)).toStrictEqual({
    'ec2/us-east-1/linux/m5.large': {
      usd: '0.096',
      unit: 'hour',
      source: 'a price list',
      as_of: '2026-11-20',
      sku: 'SKUAMAZONEC2XXXX',
    },
  });
});

it.each<[string, Record<string, string>]>([
  ['a reservation without an instance', { capacitystatus: 'UnusedCapacityReservation' }],
  ['an instance with SQL Server on it', { preInstalledSw: 'SQL Std' }],
  ['a host', { tenancy: 'Host' }],
  ['another system', { operatingSystem: 'SUSE' }],
  ['a licence of the customer', { licenseModel: 'Bring your own license' }],
])('files no price of %s as one of an instance', (_, changes) => {
  const item = aProduct(['AmazonEC2', 'Compute Instance'], { ...LINUX, ...changes }, [dimension('0.5')]);
  expect(normaliseProducts([item], ORIGIN)).toStrictEqual({ entries: {}, conflicts: [], unlisted: 1 });
});

it('files the hourly part of a reserved term, and what an hour costs with its fee: 0.029 + 250 / 8760', () => {
  const terms = { LeaseContractLength: '1yr', OfferingClass: 'standard', PurchaseOption: 'Partial Upfront' };
  const item = aProduct(['AmazonEC2', 'Compute Instance'], LINUX, [dimension('0.096')], {
    attributes: terms,
    dimensions: [dimension('250', { unit: 'Quantity' }), dimension('0.029')],
  });
  expect(pricesOf(item)).toStrictEqual([
    ['ec2/us-east-1/linux-reserved-standard-1yr-partial-upfront/m5.large', '0.029', 'hour'],
    ['ec2/us-east-1/linux-reserved-standard-1yr-partial-upfront/m5.large/effective', '0.0575388128', 'hour'],
    ['ec2/us-east-1/linux/m5.large', '0.096', 'hour'],
  ]);
});

// Usage types and prices of us-east-1 and other regions as AWS bills and published offer files state them.
it.each<[string, string, Record<string, string>, readonly JsonObject[], readonly (readonly string[])[]]>([
  [
    'gp3 storage of another region',
    'AmazonEC2',
    { usagetype: 'EUC1-EBS:VolumeUsage.gp3', regionCode: 'eu-central-1' },
    [dimension('0.0952')],
    [['ebs/eu-central-1/gp3/gb-month', '0.0952', 'GB-month']],
  ],
  [
    'gp3 throughput, charged by the GiB/s',
    'AmazonEC2',
    { usagetype: 'EBS:VolumeP-Throughput.gp3' },
    [dimension('40.96')],
    [['ebs/us-east-1/gp3/mibps-month', '0.04', 'MiBps-month']],
  ],
  [
    'Lambda requests, charged one by one',
    'AWSLambda',
    { usagetype: 'SAE1-Request', regionCode: 'sa-east-1' },
    [dimension('0.0000002000')],
    [['lambda/sa-east-1/request/million', '0.2', '1M requests']],
  ],
  [
    'GB-seconds in three tiers',
    'AWSLambda',
    { usagetype: 'Lambda-GB-Second' },
    [
      dimension('0.0000133334', { beginRange: '15000000000' }),
      dimension('0.0000166667', { endRange: '6000000000' }),
      dimension('0.0000150000', { beginRange: '6000000000', endRange: '15000000000' }),
    ],
    [
      ['lambda/us-east-1/x86/gb-second', '0.0000166667', 'GB-second'],
      ['lambda/us-east-1/x86/gb-second/tier-2', '0.000015', 'GB-second', '6000000000'],
      ['lambda/us-east-1/x86/gb-second/tier-3', '0.0000133334', 'GB-second', '15000000000'],
    ],
  ],
  [
    'storage whose first 25 GB are free for an account',
    'AmazonDynamoDB',
    { usagetype: 'TimedStorage-ByteHrs' },
    [dimension('0', { endRange: '25' }), dimension('0.25', { beginRange: '25' })],
    [['dynamodb/us-east-1/storage/gb-month', '0.25', 'GB-month']],
  ],
  [
    'io2 IOPS above 32,000, a product of its own',
    'AmazonEC2',
    { usagetype: 'APN1-EBS:VolumeP-IOPS.io2.tier2', regionCode: 'ap-northeast-1' },
    [dimension('0.0518')],
    [['ebs/ap-northeast-1/io2/iops-month/tier-2', '0.0518', 'IOPS-month', '32000']],
  ],
  [
    'data to another region',
    'AWSDataTransfer',
    { usagetype: 'USE1-USE2-AWS-Out-Bytes', fromRegionCode: 'us-east-1', toRegionCode: 'us-east-2' },
    [dimension('0.01')],
    [['transfer/us-east-1/to-us-east-2/gb', '0.01', 'GB']],
  ],
  [
    'a key, whose usage type names the region in full',
    'awskms',
    { usagetype: 'ca-central-1-KMS-Keys', regionCode: 'ca-central-1' },
    [dimension('1')],
    [['kms/ca-central-1/key/month', '1', 'key-month']],
  ],
])('files %s', (_, ...[service, attributes, dimensions, expected]) => {
  expect(pricesOf(aProduct([service, 'any'], attributes, dimensions))).toStrictEqual(expected);
});

it.each<[string, string, Record<string, string>, string]>([
  [
    'AmazonRDS',
    'Database Instance',
    { databaseEngine: 'MySQL', deploymentOption: 'Multi-AZ' },
    'rds/us-east-1/mysql/db.r5.large/multi-az',
  ],
  [
    'AmazonRDS',
    'Database Instance',
    { databaseEngine: 'Aurora PostgreSQL', deploymentOption: 'Single-AZ' },
    'rds/us-east-1/aurora-postgresql/db.r5.large/single-az',
  ],
  [
    'AmazonRDS',
    'Database Instance',
    {
      databaseEngine: 'SQL Server',
      databaseEdition: 'Standard',
      licenseModel: 'License included',
      deploymentOption: 'Single-AZ',
    },
    'rds/us-east-1/sqlserver-se/db.r5.large/single-az',
  ],
  [
    'AmazonRDS',
    'Database Instance',
    {
      databaseEngine: 'Oracle',
      databaseEdition: 'Enterprise',
      licenseModel: 'Bring your own license',
      deploymentOption: 'Single-AZ',
    },
    'rds/us-east-1/oracle-byol/db.r5.large/single-az',
  ],
])('files %s %s %j', (service, family, attributes, key) => {
  const item = aProduct([service, family], { instanceType: 'db.r5.large', ...attributes }, [dimension('1')]);
  expect(Object.keys(entriesOf(item))).toStrictEqual([key]);
});

it('files no Aurora instance in the I/O-optimized configuration, which costs more, under the key of the standard one', () => {
  const attributes = {
    databaseEngine: 'Aurora MySQL',
    deploymentOption: 'Single-AZ',
    instanceType: 'db.r5.large',
    storage: 'Aurora IO Optimization Mode',
  };
  expect(entriesOf(aProduct(['AmazonRDS', 'Database Instance'], attributes, [dimension('0.377')]))).toStrictEqual({});
});

it.each([
  ['Load Balancer-Application', 'LoadBalancerUsage', 'elb/us-east-1/application/hour'],
  ['Load Balancer-Network', 'LCUUsage', 'elb/us-east-1/network/lcu-hour'],
  ['Load Balancer', 'LoadBalancerUsage', 'elb/us-east-1/classic/hour'],
])('files %s %s', (family, usagetype, key) => {
  expect(Object.keys(entriesOf(aProduct(['AWSELB', family], { usagetype }, [dimension('1')])))).toStrictEqual([key]);
});

it.each([
  ['Hosting', 'sagemaker/us-east-1/hosting/ml.inf2.xlarge'],
  ['Training', 'sagemaker/us-east-1/training/ml.inf2.xlarge'],
  ['Studio-Notebook', 'sagemaker/us-east-1/studio/ml.inf2.xlarge'],
  ['Notebook', 'sagemaker/us-east-1/notebook/ml.inf2.xlarge'],
  ['Studio Data Wrangler', 'sagemaker/us-east-1/data-wrangler/ml.inf2.xlarge'],
])('files SageMaker %s', (component, key) => {
  const item = aProduct(['AmazonSageMaker', 'ML Instance'], { component, instanceName: 'ml.inf2.xlarge' }, [
    dimension('1'),
  ]);
  expect(Object.keys(entriesOf(item))).toStrictEqual([key]);
});

describe('what is not a price', () => {
  it('takes none of two prices under one key, nor the tiers beside them', () => {
    const tiers = [dimension('0.1', { endRange: '10' }), dimension('0.05', { beginRange: '10' })];
    const [one, other] = ['0.1', '0.2'].map((usd) =>
      aProduct(
        ['AmazonS3', 'Storage'],
        { usagetype: 'TimedStorage-ByteHrs' },
        usd === '0.1' ? tiers : [dimension(usd)],
      ),
    );
    expect(normaliseProducts([one!, other!], ORIGIN)).toStrictEqual({
      entries: {},
      conflicts: ['s3/us-east-1/standard/gb-month'],
      unlisted: 0,
    });
  });

  it('takes one price that two products state alike', () => {
    const items = ['Request', 'Request-ARM'].map((usagetype) =>
      aProduct(['AWSLambda', 'Serverless'], { usagetype }, [dimension('0.0000002')]),
    );
    expect(pricesOf(...items)).toStrictEqual([['lambda/us-east-1/request/million', '0.2', '1M requests']]);
  });

  it.each([null, 'text', {}, { product: [] }])('reads %j as no product', (item) => {
    expect(normaliseProducts([item], ORIGIN)).toStrictEqual({ entries: {}, conflicts: [], unlisted: 1 });
  });

  it('takes no price in another currency and none that is no number', () => {
    const strange = { ...dimension('1'), pricePerUnit: { CNY: '1' } };
    expect(
      entriesOf(aProduct(['AmazonS3', 'Storage'], { usagetype: 'Requests-Tier1' }, [strange, dimension('free')])),
    ).toStrictEqual({});
  });
});

it('reads the products of an offer file like those of the API', () => {
  const item = aProduct(['AmazonEC2', 'Compute Instance'], LINUX, [dimension('0.096')]);
  const offer = {
    offerCode: 'AmazonEC2',
    version: '20260925174521',
    products: { SKUAMAZONEC2XXXX: item['product']! },
    terms: { OnDemand: { SKUAMAZONEC2XXXX: (item['terms'] as JsonObject)['OnDemand']! } },
  };
  expect(normaliseProducts(productsOfOffer(offer), ORIGIN).entries).toStrictEqual(entriesOf(item));
});
