import { Readable } from 'node:stream';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { fakePorts } from '../testing/fake-aws.ts';
import { ReadOnlyClients } from '../live/read-only-client.ts';
import { fetchBulkPrices } from './bulk-files.ts';
import { fetchPrices } from './fetch-prices.ts';
import { PRICE_READS } from './reads.ts';
import { aProduct, dimension } from './testing/a-product.ts';

const CLUSTER = aProduct(['AmazonEKS', 'Compute'], { usagetype: 'AmazonEKS-Hours:perCluster' }, [dimension('0.10')]);
const ALL_REGIONS = { regions: ['us-east-1'], today: '2026-11-20' };

/** The real SDK clients over a handler that answers by path or target header. */
function portsAnswering(
  answer: (asked: { target: string; body: string }) => { status: number; body: JsonObject | string },
) {
  const requestHandler = {
    handle: async (request: { path: string; headers: Record<string, string>; body?: unknown }) => {
      const asked = { target: request.headers['x-amz-target'] ?? request.path, body: String(request.body ?? '') };
      const { status, body } = answer(asked);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const type = typeof body === 'string' ? 'text/xml' : 'application/x-amz-json-1.1';
      const response = {
        statusCode: status,
        headers: { 'content-type': type },
        body: Readable.from([Buffer.from(text)]),
      };
      return { response };
    },
    destroy: () => {},
  };
  const settings = { requestHandler, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not a secret' } };
  return fakePorts({
    clients: new ReadOnlyClients(
      PRICE_READS.map((one) => one.id),
      settings,
    ),
  });
}

it('reads all pages of the Price List API, whose elements are JSON in text', async () => {
  const ports = portsAnswering(({ body }) => {
    const isFirst = !body.includes('NextToken');
    const second = aProduct(
      ['AmazonEKS', 'Compute'],
      { usagetype: 'USE2-AmazonEKS-Hours:perCluster', regionCode: 'us-east-2' },
      [dimension('0.10')],
    );
    return {
      status: 200,
      body: { PriceList: [JSON.stringify(isFirst ? CLUSTER : second)], ...(isFirst ? { NextToken: 'more' } : {}) },
    };
  });
  const fetched = await fetchPrices({ services: ['eks'], ...ALL_REGIONS }, ports);
  expect(fetched).toStrictEqual({
    entries: {
      'eks/us-east-1/cluster/hour': {
        usd: '0.1',
        unit: 'hour',
        source: 'AWS Price List API, AmazonEKS',
        as_of: '2026-11-20',
        sku: 'SKUAMAZONEKSXXXX',
      },
      'eks/us-east-2/cluster/hour': {
        usd: '0.1',
        unit: 'hour',
        source: 'AWS Price List API, AmazonEKS',
        as_of: '2026-11-20',
        sku: 'SKUAMAZONEKSXXXX',
      },
    },
    conflicts: [],
    unlisted: 0,
    failed: [],
    calls: 2,
    cacheHits: 0,
  });
});

it('asks for one region, and for plain instances only', async () => {
  const bodies: string[] = [];
  const ports = portsAnswering(({ body }) => {
    bodies.push(body);
    return { status: 200, body: { PriceList: [] } };
  });
  await fetchPrices({ services: ['ec2'], ...ALL_REGIONS }, ports);
  expect(JSON.parse(bodies[0]!)).toStrictEqual({
    ServiceCode: 'AmazonEC2',
    FormatVersion: 'aws_v1',
    MaxResults: 100,
    Filters: [
      ['regionCode', 'us-east-1'],
      ['productFamily', 'Compute Instance'],
      ['tenancy', 'Shared'],
      ['preInstalledSw', 'NA'],
      ['capacitystatus', 'Used'],
      ['operatingSystem', 'Linux'],
    ].map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
  });
});

it('names a service that was denied, with the policy line, and keeps the others', async () => {
  const ports = portsAnswering(({ body }) =>
    body.includes('AmazonEKS')
      ? { status: 200, body: { PriceList: [JSON.stringify(CLUSTER)] } }
      : { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } },
  );
  const fetched = await fetchPrices({ services: ['kms', 'eks'], ...ALL_REGIONS }, ports);
  expect([Object.keys(fetched.entries), fetched.failed]).toStrictEqual([
    ['eks/us-east-1/cluster/hour'],
    [
      {
        service: 'kms',
        region: 'us-east-1',
        error_code: 'AccessDeniedException',
        fix: 'add to the policy of the caller: {"Effect":"Allow","Action":["pricing:GetProducts"],"Resource":"*"}',
      },
    ],
  ]);
});

it('reads spot prices by availability zone, the newest of each, Linux only', async () => {
  const item = (zone: string, price: string, at: string, product = 'Linux/UNIX') =>
    `<item><instanceType>m5.large</instanceType><productDescription>${product}</productDescription><spotPrice>${price}</spotPrice><timestamp>${at}</timestamp><availabilityZone>${zone}</availabilityZone></item>`;
  const history = [
    item('us-east-1a', '0.041000', '2026-11-19T10:00:00.000Z'),
    item('us-east-1a', '0.043000', '2026-11-20T10:00:00.000Z'),
    item('us-east-1b', '0.039000', '2026-11-20T09:00:00.000Z'),
    item('us-east-1b', '0.139000', '2026-11-20T09:00:00.000Z', 'Windows'),
  ];
  const ports = portsAnswering(() => ({
    status: 200,
    body: `<DescribeSpotPriceHistoryResponse><spotPriceHistorySet>${history.join('')}</spotPriceHistorySet></DescribeSpotPriceHistoryResponse>`,
  }));
  const fetched = await fetchPrices({ services: ['spot'], ...ALL_REGIONS }, ports);
  const spot = { unit: 'hour', source: 'EC2 DescribeSpotPriceHistory', as_of: '2026-11-20' };
  expect([fetched.entries, fetched.failed]).toStrictEqual([
    {
      'ec2-spot/us-east-1/linux/m5.large/us-east-1a': { usd: '0.043', ...spot },
      'ec2-spot/us-east-1/linux/m5.large/us-east-1b': { usd: '0.039', ...spot },
    },
    [],
  ]);
});

it('reads Savings Plans rates by plan, term, payment and type', async () => {
  const rate = (usd: string, properties: Record<string, string>, plan = {}) => ({
    savingsPlanOffering: {
      planType: 'Compute',
      durationSeconds: 94_608_000,
      paymentOption: 'All Upfront',
      currency: 'USD',
      ...plan,
    },
    rate: usd,
    unit: 'Hrs',
    properties: Object.entries({
      region: 'us-east-1',
      productDescription: 'Linux/UNIX',
      tenancy: 'shared',
      ...properties,
    }).map(([name, value]) => ({ name, value })),
  });
  const ports = portsAnswering(() => ({
    status: 200,
    body: {
      searchResults: [
        rate('0.045', { instanceType: 'm5.large' }),
        rate(
          '0.061',
          { instanceType: 'm5.large' },
          { planType: 'EC2Instance', durationSeconds: 31_536_000, paymentOption: 'No Upfront' },
        ),
        rate('0.3', { instanceType: 'm5.large' }, { currency: 'CNY' }),
        rate('0.3', { instanceType: 'm5.large', tenancy: 'dedicated' }),
      ],
    },
  }));
  const { entries } = await fetchPrices({ services: ['savings-plans'], ...ALL_REGIONS }, ports);
  expect(Object.entries(entries).map(([key, { usd }]) => [key, usd])).toStrictEqual([
    ['savingsplan/us-east-1/compute-3yr-all-upfront/m5.large', '0.045'],
    ['savingsplan/us-east-1/ec2-instance-1yr-no-upfront/m5.large', '0.061'],
  ]);
});

const OFFER_PATH = '/offers/v1.0/aws/AmazonEKS/20260919002359/us-east-1/index.json';
const INDEX = { regions: { 'us-east-1': { regionCode: 'us-east-1', currentVersionUrl: OFFER_PATH } } };
const OFFER = {
  offerCode: 'AmazonEKS',
  version: '20260919002359',
  products: { SKUAMAZONEKSXXXX: CLUSTER['product']! },
  terms: { OnDemand: { SKUAMAZONEKSXXXX: (CLUSTER['terms'] as JsonObject)['OnDemand']! } },
};

const bulk = (answer: (url: string) => Response, regions = ['us-east-1']) => {
  const ports = { fetchFile: async (url: string) => answer(url), signal: new AbortController().signal };
  return fetchBulkPrices({ services: ['eks'], regions, today: '2026-11-20' }, ports);
};

it('reads the public files by their index, and names the version it read', async () => {
  const fetched = await bulk((url) =>
    Response.json(url.endsWith('region_index.json') ? INDEX : url.endsWith(OFFER_PATH) ? OFFER : {}),
  );
  expect([fetched.entries, fetched.failed, fetched.calls]).toStrictEqual([
    {
      'eks/us-east-1/cluster/hour': {
        usd: '0.1',
        unit: 'hour',
        source: 'AWS price list file, AmazonEKS 20260919002359',
        as_of: '2026-11-20',
        sku: 'SKUAMAZONEKSXXXX',
      },
    },
    [],
    2,
  ]);
});

it.each<[string, (url: string) => Response, string]>([
  ['a region without a file', () => Response.json({ regions: {} }), 'PRICE_FILE_NO_REGION'],
  [
    'an index that points elsewhere',
    () => Response.json({ regions: { 'us-east-1': { currentVersionUrl: '//evil.example/x' } } }),
    'PRICE_FILE_NO_REGION',
  ],
  ['a server that fails', () => new Response('', { status: 503 }), 'Http503'],
  ['a file that is no JSON', () => new Response('<html>'), 'PRICE_FILE_NOT_JSON'],
  [
    'a file too large to read at once',
    () => new Response('{}', { headers: { 'content-length': '481907939' } }),
    'PRICE_FILE_TOO_LARGE',
  ],
  [
    'no way to the internet',
    () => {
      throw new TypeError('fetch failed');
    },
    'PRICE_FILES_UNREACHABLE',
  ],
])('names %s', async (_, answer, code) => {
  const fetched = await bulk(answer);
  expect([fetched.entries, fetched.failed.map(({ error_code }) => error_code)]).toStrictEqual([{}, [code]]);
});
