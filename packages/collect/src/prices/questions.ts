/** What is asked of the price list for one service in one region: a service code and the attributes that narrow it. */
export interface PriceQuestion {
  readonly service: string;
  readonly region: string;
  readonly serviceCode: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** The questions of some services (words of {@link PRICE_SERVICES}) in some regions, in a stable order. */
export function priceQuestions(services: readonly string[], regions: readonly string[]): readonly PriceQuestion[] {
  return services.flatMap((service) =>
    regions.flatMap((region) =>
      offersOf(service).map(([serviceCode, by, more]) => ({
        service,
        region,
        serviceCode,
        filters: { [by]: region, ...more },
      })),
    ),
  );
}

type Offer = readonly [
  serviceCode: string,
  by: 'regionCode' | 'fromRegionCode',
  more?: Readonly<Record<string, string>>,
];

const offersOf = (service: string): readonly Offer[] => (Object.hasOwn(OFFERS, service) ? (OFFERS[service] ?? []) : []);

const PLAIN_INSTANCE = {
  productFamily: 'Compute Instance',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
} as const;

const ec2 = (productFamily: string): Offer => ['AmazonEC2', 'regionCode', { productFamily }];

/** Service codes and attributes: AWS Price List API Reference, GetProducts and GetAttributeValues, read 2026-11-20. */
const OFFERS: Readonly<Record<string, readonly Offer[]>> = {
  ec2: [
    ['AmazonEC2', 'regionCode', { ...PLAIN_INSTANCE, operatingSystem: 'Linux' }],
    ['AmazonEC2', 'regionCode', { ...PLAIN_INSTANCE, operatingSystem: 'Windows' }],
    ec2('CPU Credits'),
  ],
  ebs: [ec2('Storage'), ec2('Storage Snapshot'), ec2('System Operation'), ec2('Provisioned Throughput')],
  vpc: [['AmazonVPC', 'regionCode'], ec2('NAT Gateway')],
  elb: [['AWSELB', 'regionCode']],
  transfer: [['AWSDataTransfer', 'fromRegionCode']],
  rds: [['AmazonRDS', 'regionCode']],
  elasticache: [['AmazonElastiCache', 'regionCode']],
  opensearch: [['AmazonES', 'regionCode']],
  dynamodb: [['AmazonDynamoDB', 'regionCode']],
  lambda: [['AWSLambda', 'regionCode']],
  s3: [['AmazonS3', 'regionCode']],
  eks: [['AmazonEKS', 'regionCode']],
  fargate: [['AmazonECS', 'regionCode']],
  sagemaker: [['AmazonSageMaker', 'regionCode']],
  cloudwatch: [['AmazonCloudWatch', 'regionCode']],
  sqs: [['AWSQueueService', 'regionCode']],
  sns: [['AmazonSNS', 'regionCode']],
  stepfunctions: [['AmazonStates', 'regionCode']],
  apigateway: [['AmazonApiGateway', 'regionCode']],
  secretsmanager: [['AWSSecretsManager', 'regionCode']],
  kms: [['awskms', 'regionCode']],
};

/** Every word of `--services`. `spot` and `savings-plans` are not in the price list; they have APIs of their own. */
export const PRICE_SERVICES: readonly string[] = [...Object.keys(OFFERS), 'spot', 'savings-plans'];
