import { join } from 'node:path';
import { SHAPES, indexAnswer } from '@infrafabric/finops';
import { type JsonValue, canonicalJson, isJsonObject } from '@infrafabric/protocol';
import { sharedData } from '@infrafabric/protocol/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEstate } from '../../estate/read-estate.ts';
import { MemoryEvidence } from '../../testing/estate-folder.ts';
import type { AskedPage, Collector } from '../collector.ts';
import { sdkJson } from '../sdk-json.ts';
import { COLLECTORS } from './catalogue.ts';

type Recorded = AskedPage & { readonly name: string; readonly region: string };
const EMPTY: readonly Recorded[] = [];

/** Our own writing after the output shapes of the service models (checked against botocore 1.44.5): ids are invented. */
const OWN = join(import.meta.dirname, '__recordings__');
const ESTATE = sharedData('estates/recorded', process.env);

async function answersOf(directory: string): Promise<Map<string, Recorded[]>> {
  const evidence = new MemoryEvidence();
  const { files } = await readEstate(directory, evidence);
  const answers = new Map<string, Recorded[]>();
  for (const { kind, client, operation, name, region = 'global', input = {}, ...file } of files) {
    if (kind !== 'answer') continue;
    const answer: JsonValue = JSON.parse(evidence.text(file.evidence));
    if (!isJsonObject(answer)) throw new Error(`expected an object in ${name}`);
    const id = `${client}.${operation}`;
    answers.set(id, [...(answers.get(id) ?? []), { name, input, answer, region }]);
  }
  return answers;
}

/** What the inventory makes of an answer: how many resources, or why none; items without an id count as refused. */
function indexed({ client, operation }: Collector, { input, answer, region }: Recorded): number | string {
  const evidence = `if://evidence/sha256/${'0'.repeat(64)}` as const;
  const found = indexAnswer({ client, operation, region, evidence, input, document: answer });
  if ('unused' in found) return found.unused;
  return found.skipped === 0 ? found.entries.length : 'SKIPPED';
}

/** Operations whose items the inventory has a kind for. */
const hasShape = ({ client, operation }: Collector): boolean => SHAPES[client]?.[operation] !== undefined;

let own = new Map<string, Recorded[]>();
beforeAll(async () => {
  own = await answersOf(OWN);
});

const recordedFor = (collector: Collector) => own.get(collector.id) ?? EMPTY;

describe('our own recordings', () => {
  it.each(COLLECTORS.filter((one) => one.after.length > 0).map((one) => [one.id, one] as const))(
    'hold what %s asks for the lists it reads',
    (id, collector) => {
      const region = collector.scope === 'region' ? 'us-east-1' : 'global';
      const answers = (of: string) => own.get(of)?.filter((one) => one.region === region) ?? [];
      const asked = collector
        .inputs({ account: '111122223333', region: 'us-east-1', today: '2026-11-20', days: 30, answers })
        .map((input) => canonicalJson(sdkJson(collector.firstPage(input))));
      expect(asked).not.toStrictEqual([]);
      expect(asked).toStrictEqual(recordedFor(collector).map(({ input }) => canonicalJson(input)));
      expect(id).toBe(collector.id);
    },
  );

  it('hold what every other recorded collector asks', () => {
    const context = { account: '111122223333', region: 'us-east-1', today: '2026-11-20', days: 30, answers: () => [] };
    const first = COLLECTORS.filter((one) => one.after.length === 0 && own.has(one.id));
    const asked = first.map((one) => one.inputs(context).map((input) => one.firstPage(input)));
    expect(asked).toStrictEqual(first.map((one) => recordedFor(one).map(({ input }) => input)));
  });

  it('end after one page, and are read by the inventory where it has a kind for them', () => {
    const read = COLLECTORS.flatMap((one) => recordedFor(one).map((page) => ({ one, page })));
    expect(read.filter(({ one, page }) => one.nextPage(page.answer, page.input) !== undefined)).toStrictEqual([]);
    const odd = read.filter(({ one, page }) => hasShape(one) !== (typeof indexed(one, page) === 'number'));
    expect(odd.map(({ page }) => page.name)).toStrictEqual([]);
  });
});

it.each([
  ['ec2.DescribeVolumes', { NextToken: 't' }, { MaxResults: 500, NextToken: 't' }],
  ['ec2.DescribeSnapshots', { NextToken: 't' }, { MaxResults: 1000, OwnerIds: ['self'], NextToken: 't' }],
  ['rds.DescribeDBInstances', { Marker: 't' }, { MaxRecords: 100, Marker: 't' }],
  ['elastic-load-balancing.DescribeLoadBalancers', { NextMarker: 't' }, { PageSize: 400, Marker: 't' }],
  [
    's3.ListBuckets',
    { ContinuationToken: 't' },
    { BucketRegion: 'eu-west-1', MaxBuckets: 1000, ContinuationToken: 't' },
  ],
  ['dynamodb.ListTables', { LastEvaluatedTableName: 't' }, { Limit: 100, ExclusiveStartTableName: 't' }],
  ['cost-explorer.GetAnomalyMonitors', { NextPageToken: 't' }, { MaxResults: 100, NextPageToken: 't' }],
  ['eks.DescribeClusterVersions', { nextToken: 't' }, { maxResults: 100, nextToken: 't' }],
  ['efs.DescribeFileSystems', { NextMarker: 't', Marker: 's' }, { MaxItems: 100, Marker: 't' }],
  ['compute-optimizer.GetIdleRecommendations', { nextToken: 't' }, { maxResults: 100, nextToken: 't' }],
  ['compute-optimizer.GetECSServiceRecommendations', { nextToken: 't' }, { maxResults: 1000, nextToken: 't' }],
  ['compute-optimizer.GetAutoScalingGroupRecommendations', { nextToken: 't' }, { maxResults: 1000, nextToken: 't' }],
  ['support.DescribeTrustedAdvisorChecks', { nextToken: 't' }, undefined],
  ['ec2.DescribeVolumes', { NextToken: '' }, undefined],
  ['ec2.DescribeAddresses', { NextToken: 't' }, undefined],
  ['s3.ListMultipartUploads', { IsTruncated: true, NextKeyMarker: 'k', NextUploadIdMarker: 'u' }, undefined],
])('%s goes on after %j', (id, answer, next) => {
  const collector = COLLECTORS.find((one) => one.id === id)!;
  const context = { account: '111122223333', region: 'eu-west-1', today: '2026-11-20', days: 30, answers: () => [] };
  const input = collector.firstPage(collector.inputs(context)[0] ?? { Bucket: 'b' });
  expect(collector.nextPage(answer, input)).toStrictEqual(next);
});

describe.skipIf(ESTATE.missing)(`recorded answers of AWS${ESTATE.note}`, () => {
  let recorded = new Map<string, Recorded[]>();
  beforeAll(async () => {
    recorded = await answersOf(ESTATE.path);
  });

  it('or our own are there for every collector: AWS for 56, our own writing for the other 45', () => {
    const there = COLLECTORS.filter((one) => recorded.has(one.id));
    expect([there.length, COLLECTORS.filter((one) => !recorded.has(one.id) && own.has(one.id)).length]).toStrictEqual([
      56, 45,
    ]);
  });

  it('are one page or lead to the next, and are read by the inventory where it has a kind for them', () => {
    const pages = COLLECTORS.flatMap((one) => (recorded.get(one.id) ?? []).map((page) => ({ one, page })));
    const odd = pages.filter(({ one, page }) => hasShape(one) !== (typeof indexed(one, page) === 'number'));
    expect(odd.map(({ page }) => page.name)).toStrictEqual([]);
    const next = pages.map(({ one, page }) => one.nextPage(page.answer, page.input)).filter((one) => one !== undefined);
    // Counted from the files with another program: 781 answers, of which one says that there is more.
    expect([pages.length, next.length]).toStrictEqual([781, 1]);
  });
});
