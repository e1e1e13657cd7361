import { type Fraction, fraction } from './fraction.ts';

/**
 * AWS list prices in USD that the bill charges and the planted savings are computed from, by the key of the product's price
 * table; a test holds the two against each other. What the product has no sourced price for stands in {@link LIST_UNSOURCED}.
 */
export const LIST: Readonly<Record<string, string>> = {
  'ec2/us-east-1/linux/c4.large': '0.1',
  'ec2/us-east-1/linux/c6a.large': '0.0765',
  'ec2/us-east-1/linux/c6g.large': '0.068',
  'ec2/us-east-1/linux/m4.large': '0.1',
  'ec2/us-east-1/linux/m4.xlarge': '0.2',
  'ec2/us-east-1/linux/m5.xlarge': '0.192',
  'ec2/us-east-1/linux/m5a.xlarge': '0.172',
  'ec2/us-east-1/linux/m6g.xlarge': '0.154',
  'ec2/us-east-1/linux/m7g.large': '0.0816',
  'ec2/us-east-1/linux/m7g.medium': '0.0408',
  'ec2/us-east-1/linux/r5.large': '0.126',
  'ec2/us-east-1/linux/r5.xlarge': '0.252',
  'ec2/us-east-1/linux/r5a.large': '0.113',
  'ec2/us-east-1/linux/r5a.xlarge': '0.226',
  'ec2/us-east-1/linux/r6g.xlarge': '0.2016',
  'ec2/us-east-1/linux/r7g.large': '0.1071',
  'ec2/us-east-1/linux/r7g.xlarge': '0.2142',
  'ec2/us-east-1/linux/x8g.large': '0.1954',
  'ec2/us-east-1/linux/t3.medium': '0.0416',
  'ec2/us-east-1/linux/t4g.medium': '0.0336',
  'ebs/us-east-1/gp2/gb-month': '0.1',
  'ebs/us-east-1/gp3/gb-month': '0.08',
  'ebs/us-east-1/gp3/iops-month': '0.005',
  'ebs/us-east-1/gp3/mibps-month': '0.04',
  'ebs/us-east-1/io1/gb-month': '0.125',
  'ebs/us-east-1/io1/iops-month': '0.065',
  'ebs/us-east-1/snapshot/gb-month': '0.05',
  'ebs/us-east-1/standard/gb-month': '0.05',
  'ebs/eu-west-1/gp2/gb-month': '0.11',
  'vpc/us-east-1/public-ipv4/hour': '0.005',
  'vpc/us-east-1/nat-gateway/hour': '0.045',
  'vpc/us-east-1/nat-gateway/gb': '0.045',
  'vpc/us-east-1/interface-endpoint/hour': '0.01',
  'elb/us-east-1/application/hour': '0.0225',
  'elb/us-east-1/classic/hour': '0.025',
  'rds/us-east-1/mysql/db.m5.large/single-az': '0.171',
  'rds/us-east-1/mysql/db.m6g.large/single-az': '0.152',
  'rds/us-east-1/postgres/db.m6g.large/single-az': '0.159',
  'rds/us-east-1/postgres/db.m6g.large/multi-az': '0.318',
  'rds/us-east-1/storage/gp3/gb-month': '0.115',
  'elasticache/us-east-1/redis/cache.t4g.small': '0.032',
  'elasticache/us-east-1/redis/cache.t3.small': '0.034',
  'elasticache/us-east-1/valkey/cache.t4g.small': '0.0256',
  'elasticache/us-east-1/valkey/cache.t3.small': '0.0272',
  'eks/us-east-1/cluster/hour': '0.1',
  'eks/us-east-1/cluster-extended-support/hour': '0.6',
  'lambda/us-east-1/x86/gb-second': '0.0000166667',
  'lambda/us-east-1/arm/gb-second': '0.0000133334',
  'dynamodb/us-east-1/rcu/hour': '0.00013',
  'dynamodb/us-east-1/wcu/hour': '0.00065',
  'logs/us-east-1/storage/gb-month': '0.03',
  'logs/us-east-1/ingestion/gb': '0.5',
  'logs/eu-west-1/storage/gb-month': '0.03',
  's3/us-east-1/standard/gb-month': '0.023',
};

/** Extended-support prices, by the key of the product's life-cycle table. */
export const LIST_EXTENDED: Readonly<Record<string, string>> = {
  'extended-support-price/eks/all/cluster-hour/EXTENDED_YEAR_1_2': '0.60',
  'extended-support-price/eks/all/cluster-hour/STANDARD': '0.10',
  'extended-support-price/rds/us-east-1/vcpu-hour/EXTENDED_YEAR_1_2': '0.100',
  'extended-support-price/rds/eu-west-1/vcpu-hour/EXTENDED_YEAR_1_2': '0.112',
  /** A share of the node price. */
  'extended-support-price/elasticache-redis/all/node-hour/EXTENDED_YEAR_1_2': '0.80',
};

/** Unit prices the bill charges and the product has no sourced entry for: what this sample's bill says, no claim about AWS. */
export const LIST_UNSOURCED: Readonly<Record<string, string>> = {
  'ec2/eu-west-1/linux/m7g.large': '0.0911',
  'ec2/eu-west-1/linux/m4.large': '0.111',
  'ec2/eu-west-1/linux/m7g.medium': '0.0455',
  'ebs/eu-west-1/gp3/gb-month': '0.088',
  'vpc/eu-west-1/public-ipv4/hour': '0.005',
  'rds/eu-west-1/mysql/db.t4g.medium/single-az': '0.072',
  'rds/eu-west-1/storage/gp3/gb-month': '0.127',
  'rds/us-east-1/storage/gp3-multi-az/gb-month': '0.23',
  'elb/us-east-1/application/lcu-hour': '0.008',
  'opensearch/us-east-1/t3.small.search': '0.036',
  'transfer/us-east-1/out/gb': '0.09',
  'dynamodb/us-east-1/storage/gb-month': '0.25',
};

/** The unit price under a key, wherever it comes from. */
export function price(key: string): Fraction {
  const usd = LIST[key] ?? LIST_EXTENDED[key] ?? LIST_UNSOURCED[key];
  if (usd === undefined) throw new Error(`the demo sample states no price for ${key}`);
  return fraction(usd);
}

/** The on-demand price of an hour of a Linux instance. */
export const ec2Price = (type: string, region = 'us-east-1'): Fraction => price(`ec2/${region}/linux/${type}`);
