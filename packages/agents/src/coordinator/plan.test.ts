import { readEstate } from '@infrafabric/collect';
import type { IndexEntry, InputFile, InputManifest } from '@infrafabric/finops';
import { evidenceId, type SessionRequest, sha256Hex, TaskSpec, WORKER_ROLES } from '@infrafabric/protocol';
import { memoryEvidence } from '@infrafabric/store';
import { sessionRecord } from '@infrafabric/store/testing';
import * as fc from 'fast-check';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../blob-json.ts';
import { indexEstate } from '../collector/index-estate.ts';
import { openDesk } from '../desk.ts';
import { RULES } from '../rules.ts';
import { memorySwarm } from '../testing/memory-swarm.ts';
import { planPhase } from './plan.ts';
import { planAnalysis } from './plan-analysis.ts';
import { planCollection } from './plan-collection.ts';
import type { PlannedTask } from './planned-task.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const RECORDED = join(resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared'), 'estates/recorded');

const request: SessionRequest = { ...sessionRecord().request, roles: [...WORKER_ROLES] };
const NO_FILES: InputManifest = { files: [], failed: [], unused: [] };

function file(kind: InputFile['kind'], name: string, over: Partial<InputFile> = {}): InputFile {
  const sha256 = sha256Hex(name);
  return { kind, name, sha256, bytes: 1_000, evidence: evidenceId(sha256), redactions: 0, ...over };
}

const answer = (region: string, client: string, n: number, over: Partial<InputFile> = {}): InputFile =>
  file('answer', `${region}/${client}.Describe.${n}.json`, { region, client, operation: 'Describe', ...over });

function instances(count: number, over: (n: number) => Partial<IndexEntry> = () => ({})): IndexEntry[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: 'resource',
    type: 'Ec2Instance',
    account: '123456789012',
    region: 'eu-west-1',
    id: `i-${String(n).padStart(17, '0')}`,
    evidence: evidenceId('a'.repeat(64)),
    media_type: 'application/json',
    pointer: `/Reservations/0/Instances/${n}`,
    version: sha256Hex(String(n)),
    refs: [],
    ...over(n),
  }));
}

const analysisOf = (entries: readonly IndexEntry[], manifest = NO_FILES): PlannedTask[] =>
  planAnalysis({ request, manifest, entries, costs: [], rules: RULES });
const ids = (tasks: readonly PlannedTask[]): string[] => tasks.map(({ spec }) => spec.task_id);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const sizes = (tasks: readonly PlannedTask[]): number[] =>
  tasks.map(({ workList }) => parseJson<{ subjects: [] }>(textOf(workList)).subjects.length);

test('collects by client, region and account, at most 64 files and 8 MiB a task, and the bill by itself', () => {
  const many = Array.from({ length: 130 }, (_, n) => answer('eu-west-1', 'ec2', n));
  const heavy = [0, 1, 2].map((n) => answer('us-east-1', 's3', n, { bytes: 5 * 1024 * 1024 }));
  const owned = answer('eu-west-1', 'rds', 0, { account: '123456789012' });
  const files = [...many, ...heavy, owned, file('bill', 'b'), file('requests', 'r')];
  const tasks = planCollection({ ...NO_FILES, files }, request.as_of);

  expect(ids(tasks)).toStrictEqual([
    'collector/ec2/eu-west-1/0',
    'collector/ec2/eu-west-1/1',
    'collector/ec2/eu-west-1/2',
    'collector/rds/123456789012.eu-west-1/0',
    'collector/s3/us-east-1/0',
    'collector/s3/us-east-1/1',
    'collector/s3/us-east-1/2',
    'collector/bill/0',
  ]);
});

test('all files of a bill are one task each for reading, commitments and budgets, and the same bytes given twice one file', () => {
  const bill = file('bill', 'october.csv');
  const files = [bill, { ...bill, name: 'copy.csv' }, file('bill', 'november.csv')];

  const [read, account] = [
    planCollection({ ...NO_FILES, files }, request.as_of),
    analysisOf([], { ...NO_FILES, files }),
  ];
  expect([ids(read), ids(account)]).toStrictEqual([
    ['collector/bill/0'],
    ['pricing/commitments/global/0', 'budget/bill/0'],
  ]);
  expect([...read, ...account].map(({ spec }) => spec.evidence.length)).toStrictEqual([2, 2, 2]);
});

test('judges at most 500 resources a task', () => {
  const tasks = analysisOf(instances(1_201)).filter(({ spec }) => spec.task_id.startsWith('rightsizing/ec2'));

  expect(ids(tasks)).toStrictEqual([0, 1, 2].map((n) => `rightsizing/ec2/eu-west-1/${n}`));
  expect(sizes(tasks)).toStrictEqual([500, 500, 201]);
});

test('a request names at most 1,500 pieces of evidence, so that it fits a message', () => {
  const spread = instances(400, (n) => ({ evidence: evidenceId(sha256Hex(`file ${n}`)) }));
  const series = spread.flatMap((one, n) =>
    Array.from({ length: 9 }, (_, m) => ({
      ...one,
      kind: 'series' as const,
      type: 'Series' as const,
      id: `${n}/${m}`,
      refs: [one.id],
      evidence: evidenceId(sha256Hex(`series ${n}/${m}`)),
    })),
  );
  const tasks = analysisOf([...spread, ...series]).filter(({ spec }) => spec.task_id.startsWith('rightsizing/ec2'));

  expect(sizes(tasks)).toStrictEqual([150, 150, 100]);
  expect(tasks.map(({ spec }) => spec.evidence.length)).toStrictEqual([1_500, 1_500, 1_000]);
});

test('plans nothing for a role nobody asked for, and nothing for a kind of resource nobody has', () => {
  const pricingOnly = {
    request: { ...request, roles: ['collector' as const, 'pricing' as const] },
    costs: [],
    rules: RULES,
  };
  const tasks = planAnalysis({
    ...pricingOnly,
    manifest: { ...NO_FILES, files: [file('bill', 'b')] },
    entries: instances(1),
  });

  expect(ids(tasks)).toStrictEqual(['pricing/ec2/eu-west-1/0', 'pricing/commitments/global/0']);
});

test('hands every judge the thresholds and exclusions of the request, and none that nobody set', () => {
  const judge = (more: Partial<SessionRequest>): TaskSpec['context'] | undefined =>
    planAnalysis({
      request: { ...request, ...more },
      manifest: NO_FILES,
      entries: instances(1),
      costs: [],
      rules: RULES,
    }).find(({ spec }) => spec.type === 'pricing.judge')?.spec.context;

  expect(judge({ settings: { 'ec2-idle.EC2_IDLE': '7' }, exclude: ['env=prod'] })).toMatchObject({
    settings: { 'ec2-idle.EC2_IDLE': '7' },
    exclude: ['env=prod'],
  });
  expect(Object.keys(judge({}) ?? {}).toSorted()).toStrictEqual(['as_of', 'settings', 'tables']);
});

const plan = (someFiles: readonly InputFile[], someEntries: readonly IndexEntry[]): unknown => {
  const manifest = { ...NO_FILES, files: someFiles };
  const tasks = [...planCollection(manifest, request.as_of), ...analysisOf(someEntries, manifest)];
  return tasks.map(({ spec, workList }) => [spec, sha256Hex(workList)]);
};

test('the same inputs in any order give the same plan, byte for byte', () => {
  const files = [
    ...['eu-west-1', 'us-east-1'].flatMap((region) =>
      [0, 1, 2].map((n) => answer(region, 'ec2', n, { bytes: 3_000_000 })),
    ),
    file('bill', 'a'),
    file('bill', 'b'),
  ];
  const entries = instances(6, (n) => ({ region: n % 2 === 0 ? 'eu-west-1' : 'us-east-1' }));
  const expected = plan(files, entries);

  fc.assert(
    fc.property(
      fc.shuffledSubarray(files, { minLength: files.length }),
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      (someFiles, someEntries) => {
        expect(plan(someFiles, someEntries)).toStrictEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});

describe.skipIf(!existsSync(RECORDED))(`the recorded estate (skipped without ${RECORDED})`, () => {
  test('makes at least 60 tasks, each with its own id, over at least ten regions', async () => {
    const evidence = memoryEvidence();
    const manifest = await readEstate(RECORDED, evidence);
    const collection = planCollection(manifest, request.as_of);
    const desk = openDesk(evidence);
    const indexed = await Promise.all(
      collection.map(async ({ workList }) => {
        return (await indexEstate(parseJson<{ files: InputFile[] }>(textOf(workList)).files, desk)).entries;
      }),
    );
    const tasks = [...collection, ...analysisOf(indexed.flat(), manifest)];

    expect(tasks.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids(tasks)).size).toBe(tasks.length);
    expect(new Set(tasks.map(({ spec }) => spec.region)).size).toBeGreaterThanOrEqual(10);
    expect(tasks.map(({ spec }) => TaskSpec.safeParse(spec).success).every(Boolean)).toBe(true);
  });
});

test('a plan on record is read back, whatever became of what it was made from', async () => {
  const swarm = memorySwarm('plan');
  const ports = swarm.coordinatorPorts();
  const first = await planPhase(await swarm.create({ state: 'RUNNING' }), 'collection', ports);
  swarm.kept.delete(first.session.request.inputs);

  expect(await planPhase(first.session, 'collection', ports)).toStrictEqual(first);
});
