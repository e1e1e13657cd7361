import type { InputContext } from '../../collector.ts';
import { itemsOf, textsIn } from '../answered.ts';

/** A bucket as an input names it. */
interface BucketInput {
  readonly Bucket: string;
}

/** The listed buckets of the region asked: those whose listing says it, and those whose location says it. */
export function bucketsOfRegion({ region, answers }: InputContext): BucketInput[] {
  const located = answers('s3.GetBucketLocation')
    .filter(({ answer }) => regionOf(textsIn(answer, 'LocationConstraint')[0]) === region)
    .flatMap(({ input }) => textsIn(input, 'Bucket'));
  const listed = buckets(answers).filter((bucket) => textsIn(bucket, 'BucketRegion')[0] === region);
  return [...new Set([...listed.flatMap((bucket) => textsIn(bucket, 'Name')), ...located])].map((Bucket) => ({
    Bucket,
  }));
}

/** The listed buckets whose listing does not say where they stand. */
export function bucketsWithoutRegion({ answers }: InputContext): BucketInput[] {
  return buckets(answers)
    .filter((bucket) => textsIn(bucket, 'BucketRegion').length === 0)
    .flatMap((bucket) => textsIn(bucket, 'Name').map((Bucket) => ({ Bucket })));
}

/** A bucket that nobody can own, for the prefix is reserved. Source: Amazon S3 User Guide, bucket naming rules, 2026-11-20. */
export const PROBE_BUCKET: BucketInput = { Bucket: 'xn--infrafabric-probe' };

const buckets = (answers: InputContext['answers']) => itemsOf(answers('s3.ListBuckets'), 'Buckets/*');

/** Two regions have older names of their own. Source: S3 API Reference, GetBucketLocation, 2026-11-20. */
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined) return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}
