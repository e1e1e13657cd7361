import { SERVICES, type Service } from '../../services/service-catalogue.ts';

/** What people call services besides the names bills have. Sources: the service pages of AWS, read 2026-11. */
const SHORT: Readonly<Record<string, string>> = {
  aurora: 'AmazonRDS',
  'block storage': 'AmazonEBS',
  bucket: 'AmazonS3',
  buckets: 'AmazonS3',
  cdn: 'AmazonCloudFront',
  database: 'AmazonRDS',
  databases: 'AmazonRDS',
  ebs: 'AmazonEBS',
  ec2: 'AmazonEC2',
  ecr: 'AmazonECR',
  ecs: 'AmazonECS',
  efs: 'AmazonEFS',
  eks: 'AmazonEKS',
  elb: 'AWSELB',
  instances: 'AmazonEC2',
  kms: 'awskms',
  kubernetes: 'AmazonEKS',
  lambdas: 'AWSLambda',
  'load balancer': 'AWSELB',
  'load balancers': 'AWSELB',
  postgres: 'AmazonRDS',
  rds: 'AmazonRDS',
  s3: 'AmazonS3',
  sns: 'AmazonSNS',
  sqs: 'AWSQueueService',
  'virtual machines': 'AmazonEC2',
  vms: 'AmazonEC2',
  vpc: 'AmazonVPC',
};

/** Names of services that are words of other questions, alone or in the plural. */
const COMMON = new Set(
  'account accounts backup batch billing budgets config connect cost detective forecast health location organizations pipes savings support tax transfer'.split(
    ' ',
  ),
);

const NAMES = serviceNames();

/** The service a question in lower case names, by the longest name of any that stands in it as whole words. */
export function serviceIn(question: string): Service | undefined {
  return NAMES.find(({ pattern }) => pattern.test(question))?.service;
}

function serviceNames(): { readonly pattern: RegExp; readonly service: Service }[] {
  const byKey = new Map(SERVICES.map((service) => [service.key, service]));
  const short = Object.entries(SHORT).flatMap(([name, key]) => {
    const service = byKey.get(key);
    return service === undefined ? [] : [{ name, service }];
  });
  const long = SERVICES.flatMap((service) =>
    [service.key, service.name, ...service.also].map((name) => ({ name: plainName(name), service })),
  );
  return [...short, ...long]
    .filter(({ name }) => name.length > 1 && !COMMON.has(name))
    .sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1))
    .map(({ name, service }) => ({ pattern: wholeWords(name), service }));
}

/** A name in lower case, without the maker and what stands in brackets. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\(.*?\)/g, '')
    .replace(/^(?:amazon|aws) ?/, '')
    .trim();
}

function wholeWords(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replaceAll(/[.*+?^$()|{}[\]\\]/g, String.raw`\$&`)}(?![\\w-])`);
}
