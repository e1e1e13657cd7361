import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type JsonValue, canonicalJson, isJsonObject, resolvePointer } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anEvidenceId } from '../testing/index.ts';
import { isPriceStale, priceAgeDays } from './price-age.ts';
import { openTable, usdOf } from './table.ts';

const read = (name: string): JsonValue =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../data', name), 'utf8'));
const entriesOf = (document: JsonValue) => Object.entries((isJsonObject(document) && document['entries']) || {});
const documents = { prices: read('prices.json'), types: read('instance-types.json') };
const evidence = anEvidenceId('a table');
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+(\/[a-z0-9.-]+)+$/;
const PriceEntrySchema = z.strictObject({
  usd: z
    .string()
    .regex(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/)
    .refine((text) => text !== '0'),
  unit: z.string().min(2),
  source: z.string().min(10),
  as_of: z.iso.date(),
  confidence: z
    .string()
    .regex(/^0\.[0-9]{2}$/)
    .optional(),
  stale_after_days: z.literal(30).optional(),
  sku: z
    .string()
    .regex(/^[A-Z0-9]{16}$/)
    .optional(),
  from: z
    .string()
    .regex(/^[1-9][0-9]*$/)
    .optional(),
  up_to: z
    .string()
    .regex(/^[1-9][0-9]*$/)
    .optional(),
  confirmed_by: z
    .array(z.strictObject({ source: z.string().min(10), as_of: z.iso.date(), sku: z.string().optional() }))
    .min(1)
    .optional(),
});
const price = openTable(documents.prices, evidence);
const type = openTable(documents.types, evidence);

describe('the price table', () => {
  it('says of every price what it is per, who says so and when', () => {
    const odd = entriesOf(documents.prices).filter(
      ([key, entry]) => !KEY.test(key) || !PriceEntrySchema.safeParse(entry).success,
    );
    expect(odd).toStrictEqual([]);
  });

  it('has every EC2 type of its source in us-east-1', () => {
    const ec2 = entriesOf(documents.prices).filter(([key]) => key.startsWith('ec2/us-east-1/linux/'));
    expect(ec2).toHaveLength(1367);
  });

  it('says of every tier from which quantity on, ever higher, and has the tier below it', () => {
    const broken = entriesOf(documents.prices).filter(([key, entry]) => {
      const tier = /^(.+)\/tier-([0-9])$/.exec(key);
      if (tier === null) return entry['from'] !== undefined;
      const below = tier[2] === '2' ? tier[1] : `${tier[1]}/tier-${Number(tier[2]) - 1}`;
      const lower = price(below ?? '')?.value;
      return lower === undefined || Number(entry['from']) <= Number(lower['from'] ?? 0);
    });
    expect(broken).toStrictEqual([]);
  });

  // From the published tables the file names, read by hand.
  it.each([
    ['ec2/us-east-1/linux/m5.large', '0.096'],
    ['ec2/us-east-1/linux/m9g.large', '0.09784'],
    ['ec2/us-east-1/linux/p5.48xlarge', '55.04'],
    ['ebs/us-east-1/gp2/gb-month', '0.1'],
    ['ebs/us-east-1/gp3/gb-month', '0.08'],
    ['ebs/us-east-1/gp3/iops-month', '0.005'],
    ['ebs/us-east-1/gp3/mibps-month', '0.04'],
    ['ebs/us-east-1/io1/iops-month', '0.065'],
    ['ebs/us-east-1/snapshot/gb-month', '0.05'],
    ['vpc/us-east-1/public-ipv4/hour', '0.005'],
    ['vpc/us-east-1/nat-gateway/hour', '0.045'],
    ['vpc/us-east-1/interface-endpoint/hour', '0.01'],
    ['elb/us-east-1/application/hour', '0.0225'],
    ['elb/us-east-1/classic/hour', '0.025'],
    ['rds/us-east-1/mysql/db.t3.large/multi-az', '0.272'],
    ['rds/us-east-1/storage/gp3/gb-month', '0.115'],
    ['lambda/us-east-1/arm/gb-second', '0.0000133334'],
    ['s3/us-east-1/standard/gb-month', '0.023'],
    ['logs/us-east-1/storage/gb-month', '0.03'],
    ['elasticache/us-east-1/redis/cache.m6g.large', '0.149'],
    ['elasticache/us-east-1/valkey/cache.m6g.large', '0.1192'],
    ['eks/us-east-1/cluster/hour', '0.1'],
    ['dynamodb/us-east-2/wcu/hour', '0.00065'],
    ['opensearch/us-east-1/m6g.large.search', '0.128'],
    ['sagemaker/us-east-1/hosting/ml.m5.large', '0.115'],
    ['ec2/sa-east-1/linux/m7i.large', '0.16065'],
    ['transfer/sa-east-1/internet-out/gb/tier-2', '0.138'],
    ['rds/eu-central-1/extended-support-year-3/vcpu-hour', '0.244'],
    ['ebs/eu-central-1/gp3/mibps-month', '0.0476'],
    ['lambda/global/edge/gb-second', '0.00005001'],
  ])('has %s at %s USD', (key, usd) => {
    const entry = price(key)!;
    expect(usdOf(entry).toFixed()).toBe(usd);
    expect(resolvePointer(documents.prices, entry.citation.pointer)).toStrictEqual(entry.value);
  });

  it.each(['ec2/eu-west-3/linux/m5.large', 'toString', '__proto__', 'ec2/us-east-1/linux/'])('has no %s', (key) => {
    expect(price(key)).toBeUndefined();
  });

  it.each([
    ['ec2/us-east-1/linux/m5.large', '2026-10-18', 90, false],
    ['ec2/us-east-1/linux/m5.large', '2026-10-19', 91, true],
    ['ec2/us-east-1/linux/p5.48xlarge', '2026-08-19', 30, false],
    ['ec2/us-east-1/linux/p5.48xlarge', '2026-08-20', 31, true],
    ['ec2/us-east-1/linux/m5.large', '2026-07-19', -1, false],
  ])('%s is on %s %i days old, too old: %s', (key, asOf, days, stale) => {
    expect([priceAgeDays(price(key)!, asOf), isPriceStale(price(key)!, asOf)]).toStrictEqual([days, stale]);
  });
});

describe('the instance type table', () => {
  it('describes 1,373 EC2 types and the database classes that run on them', () => {
    const names = entriesOf(documents.types).map(([name]) => name);
    expect(names.filter((name) => !name.startsWith('db.'))).toHaveLength(1373);
    expect(names.filter((name) => name.startsWith('db.') && type(name.slice(3)) === undefined)).toStrictEqual([]);
  });

  it.each([
    ['m5.large', { vcpu: 2, memory_gib: '8', arch: ['x86_64'], current_generation: false, burstable: false, gpus: 0 }],
    ['t4g.micro', { vcpu: 2, memory_gib: '1', arch: ['arm64'], current_generation: true, burstable: true, gpus: 0 }],
    ['p5.48xlarge', { vcpu: 192, memory_gib: '2048', arch: ['x86_64'], current_generation: true, gpus: 8 }],
    ['db.t3.large', { vcpu: 2, memory_gib: '8', arch: ['x86_64'], burstable: true }],
  ])('knows %s', (name, facts) => {
    expect(type(name)?.value).toMatchObject(facts);
  });

  it('says nothing about the generation of a database class, which RDS decides on its own', () => {
    expect(type('db.m5.large')?.value['current_generation']).toBeUndefined();
  });
});

it('survives the canonical form: a table read back cites the same entries', () => {
  const again: JsonValue = JSON.parse(canonicalJson(documents.prices));
  expect(openTable(again, evidence)('eks/us-east-1/cluster/hour')).toStrictEqual(price('eks/us-east-1/cluster/hour'));
});

it.each([[null], [[]], [{}], [{ entries: [] }]])('refuses a table without entries: %j', (document) => {
  expect(() => openTable(document, evidence)).toThrow('expected an object with entries');
});
