import { defineCollector } from '../live/collector.ts';

/** List prices, product by product. Prices are public: the answer does not depend on the account. */
export const getProducts = defineCollector({
  client: 'pricing',
  operation: 'GetProducts',
  iam: ['pricing:GetProducts'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { PricingClient: Client, GetProductsCommand: Command } = await import('@aws-sdk/client-pricing');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  probe: { ServiceCode: 'AmazonEKS' },
  answerKind: 'prices',
  serves: 'prices update',
});

/** Spot prices of a region, one an availability zone, instance type and product. */
export const describeSpotPriceHistory = defineCollector({
  client: 'ec2',
  operation: 'DescribeSpotPriceHistory',
  iam: ['ec2:DescribeSpotPriceHistory'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeSpotPriceHistoryCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 5 } },
  answerKind: 'prices',
  serves: 'prices update',
});

/** What an hour costs under a Savings Plan, by instance type and terms. */
export const describeSavingsPlansOfferingRates = defineCollector({
  client: 'savingsplans',
  operation: 'DescribeSavingsPlansOfferingRates',
  iam: ['savingsplans:DescribeSavingsPlansOfferingRates'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { SavingsplansClient: Client, DescribeSavingsPlansOfferingRatesCommand: Command } =
      await import('@aws-sdk/client-savingsplans');
    return { Client, Command };
  },
  paging: { request: 'nextToken', answer: 'nextToken', limit: { member: 'maxResults', page: 1000, least: 1 } },
  answerKind: 'prices',
  serves: 'prices update',
});

/** What `prices update` asks AWS; nothing of it is part of a collection. */
export const PRICE_READS = [getProducts, describeSpotPriceHistory, describeSavingsPlansOfferingRates] as const;
