/** How the bill names a service. */
export interface BilledService {
  /** FOCUS 1.0 ServiceCategory. */
  readonly category: string;
  readonly name: string;
}

const EC2 = 'Amazon Elastic Compute Cloud';

/** Services of the sample's charges, by a short name. */
export const SERVICES: Readonly<Record<string, BilledService>> = {
  cloudwatch: { category: 'Management and Governance', name: 'AmazonCloudWatch' },
  dynamodb: { category: 'Databases', name: 'Amazon DynamoDB' },
  ebs: { category: 'Storage', name: EC2 },
  ec2: { category: 'Compute', name: EC2 },
  eks: { category: 'Compute', name: 'Amazon Elastic Container Service for Kubernetes' },
  elasticache: { category: 'Databases', name: 'Amazon ElastiCache' },
  elb: { category: 'Networking', name: 'Elastic Load Balancing' },
  lambda: { category: 'Compute', name: 'AWS Lambda' },
  nat: { category: 'Networking', name: EC2 },
  opensearch: { category: 'Analytics', name: 'Amazon OpenSearch Service' },
  rds: { category: 'Databases', name: 'Amazon Relational Database Service' },
  s3: { category: 'Storage', name: 'Amazon Simple Storage Service' },
  savings: { category: 'Compute', name: 'Savings Plans for AWS Compute usage' },
  vpc: { category: 'Networking', name: 'Amazon Virtual Private Cloud' },
};

/** The services row of a short name. */
export function billedService(name: string): BilledService {
  const service = SERVICES[name];
  if (service === undefined) throw new Error(`the demo sample knows no service ${name}`);
  return service;
}
