import { reservedPriceKey } from '@infrafabric/finops';
import type { Measure } from './price-point.ts';
import type { Product } from './product.ts';

/** A product that is an hour of an instance: the key it files under, `undefined` for one we do not list. */
export function instanceMeasure(product: Product): Measure | undefined {
  const key = KEYS[product.serviceCode]?.(product);
  return key === undefined ? undefined : { key, unit: key.endsWith('/lcu-hour') ? 'LCU-hour' : 'hour' };
}

/** The reserved terms of a product: their key besides the on-demand one, by length, class and payment. */
export function reservedKey(onDemandKey: string, terms: Readonly<Record<string, string>>): string | undefined {
  const { LeaseContractLength: length, OfferingClass: offering = 'standard', PurchaseOption: payment } = terms;
  if (length === undefined || payment === undefined || !RESERVABLE.test(onDemandKey)) return undefined;
  const words = { length: length.replace(' ', ''), offering, payment: payment.toLowerCase().replaceAll(' ', '-') };
  return reservedPriceKey(onDemandKey, words);
}

const RESERVABLE = /^(?:ec2\/[^/]+\/linux|rds\/[^/]+|elasticache\/[^/]+|opensearch\/[^/]+)\//;

type KeyOf = (product: Product) => string | undefined;

const KEYS: Readonly<Record<string, KeyOf>> = {
  AmazonEC2: ec2Key,
  AmazonRDS: rdsKey,
  AmazonElastiCache: ({ region, attributes: { cacheEngine, instanceType } }) =>
    cacheEngine && instanceType ? `elasticache/${region}/${cacheEngine.toLowerCase()}/${instanceType}` : undefined,
  AmazonES: ({ region, family, attributes: { instanceType } }) =>
    instanceType && family.endsWith('Instance') ? `opensearch/${region}/${instanceType}` : undefined,
  AmazonSageMaker: sagemakerKey,
  AWSELB: loadBalancerKey,
};

/** Plain Linux and Windows on shared or dedicated hardware, on demand, without software of others. */
function ec2Key({ family, region, attributes }: Product): string | undefined {
  const { instanceType, operatingSystem = '', tenancy = '', capacitystatus, preInstalledSw, licenseModel } = attributes;
  const plain = capacitystatus === 'Used' && preInstalledSw === 'NA' && licenseModel !== 'Bring your own license';
  const on = { Shared: '', Dedicated: '-dedicated' }[tenancy];
  if (!family.startsWith('Compute Instance') || !plain || on === undefined || instanceType === undefined)
    return undefined;
  return /^(?:Linux|Windows)$/.test(operatingSystem)
    ? `ec2/${region}/${operatingSystem.toLowerCase()}${on}/${instanceType}`
    : undefined;
}

function rdsKey({ family, region, attributes }: Product): string | undefined {
  const {
    instanceType,
    databaseEngine = '',
    databaseEdition,
    deploymentOption = '',
    licenseModel,
    storage,
  } = attributes;
  const deployment = { 'Single-AZ': 'single-az', 'Multi-AZ': 'multi-az' }[deploymentOption];
  const engine = rdsEngine(databaseEngine, databaseEdition, licenseModel);
  const isStandardAurora = storage !== 'Aurora IO Optimization Mode';
  if (family !== 'Database Instance' || !deployment || !engine || !instanceType || !isStandardAurora) return undefined;
  return `rds/${region}/${engine}/${instanceType}/${deployment}`;
}

function rdsEngine(engine: string, edition: string | undefined, license: string | undefined): string | undefined {
  const open = OPEN_ENGINES[engine];
  if (open !== undefined) return open;
  if (license === 'Bring your own license') return engine === 'Oracle' ? 'oracle-byol' : undefined;
  const suffix = EDITIONS[`${engine} ${edition ?? ''}`];
  return suffix === undefined ? undefined : `${engine.toLowerCase().replaceAll(' ', '')}-${suffix}`;
}

const OPEN_ENGINES: Readonly<Record<string, string>> = {
  MySQL: 'mysql',
  PostgreSQL: 'postgresql',
  MariaDB: 'mariadb',
  'Aurora MySQL': 'aurora-mysql',
  'Aurora PostgreSQL': 'aurora-postgresql',
};

const EDITIONS: Readonly<Record<string, string>> = {
  'Oracle Standard One': 'se1',
  'Oracle Standard Two': 'se2',
  'SQL Server Express': 'ex',
  'SQL Server Web': 'web',
  'SQL Server Standard': 'se',
  'SQL Server Enterprise': 'ee',
};

/** The part of SageMaker is in `component` (`Hosting`, `Training`); the type in `instanceName` or `instanceType`. */
function sagemakerKey({ region, attributes }: Product): string | undefined {
  const { component = '', instanceName, instanceType = '' } = attributes;
  const type = /^ml\.[a-z0-9-]+\.[a-z0-9-]+/
    .exec(instanceName ?? instanceType)?.[0]
    .replace(/-(?:Hosting|Training|Notebook)$/, '');
  const purpose = SAGEMAKER_PURPOSES.find(([pattern]) => pattern.test(component))?.[1];
  return type === undefined || purpose === undefined ? undefined : `sagemaker/${region}/${purpose}/${type}`;
}

/** The first that fits decides: Studio runs notebooks too. */
const SAGEMAKER_PURPOSES = [
  [/wrangler/i, 'data-wrangler'],
  [/studio/i, 'studio'],
  [/^hosting$/i, 'hosting'],
  [/^training$/i, 'training'],
  [/^processing$/i, 'processing'],
  [/^notebook$/i, 'notebook'],
] as const;

function loadBalancerKey({ family, region, usageType }: Product): string | undefined {
  const type =
    { 'Load Balancer': 'classic', 'Load Balancer-Application': 'application' }[family] ?? otherBalancer(family);
  if (type === undefined) return undefined;
  if (usageType === 'LoadBalancerUsage') return `elb/${region}/${type}/hour`;
  return usageType === 'LCUUsage' ? `elb/${region}/${type}/lcu-hour` : undefined;
}

const otherBalancer = (family: string): string | undefined =>
  /^Load Balancer-(Network|Gateway)$/.exec(family)?.[1]?.toLowerCase();
