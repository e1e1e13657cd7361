import { word } from './chance.ts';
import { partOfMonth } from './charges.ts';
import { price } from './list-prices.ts';
import type { Answer, Charge, Part } from './sample.ts';

/** Buckets and the storage of one. */
export const buckets = (): Part => ({
  answers: [answer()],
  series: [],
  charges: [charge()],
  planted: [],
  unknown: BUCKETS.map((resource) => ({ resource, rule: 's3-incomplete-uploads', reason: 'FIELD_MISSING' })),
});

const BUCKETS = ['fernway-parcel-labels', 'fernway-invoices'];

const answer = (): Answer => ({
  region: 'global',
  client: 's3',
  operation: 'ListBuckets',
  body: {
    Buckets: BUCKETS.map((Name) => ({ Name, CreationDate: '2022-09-05T08:00:12+00:00' })),
    Owner: { ID: word('canonical user', 64, '0123456789abcdef') },
    Prefix: null,
  },
});

const charge = (): Charge => ({
  region: 'us-east-1',
  service: 's3',
  resourceId: 'fernway-parcel-labels',
  resourceType: 'Bucket',
  description: 'per GB - first 50 TB / month of storage used',
  unit: 'GB-Mo',
  unitPrice: price('s3/us-east-1/standard/gb-month'),
  quantity: partOfMonth(640),
  environment: 'prod',
});
