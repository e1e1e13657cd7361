import type { CostFacts, IndexEntry, ResourceType } from '@infrafabric/finops';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openInventory } from './inventory.ts';

const A = '111111111111';
const B = '222222222222';
const REGION = 'eu-west-1';

function entry(type: IndexEntry['type'], id: string, over: Partial<IndexEntry> = {}): IndexEntry {
  return {
    kind: type === 'Series' ? 'series' : 'resource',
    type,
    account: A,
    region: REGION,
    id,
    evidence: evidenceId(sha256Hex(`${type} ${id}`)),
    media_type: type === 'Series' ? 'application/x-ndjson' : 'application/json',
    pointer: '/0',
    version: sha256Hex(id),
    refs: [],
    ...over,
  };
}

/** What a task is told about the one resource of a type. */
function subjectOf(entries: readonly IndexEntry[], type: ResourceType, reads: ResourceType[] = []) {
  const inventory = openInventory(entries, []);
  const [one] = inventory.resources(new Set([type]));
  if (one === undefined) throw new Error(`expected a ${type}, got none`);
  return inventory.subject(one, new Set(reads));
}

const relatedIds = (entries: readonly IndexEntry[], type: ResourceType, reads: ResourceType[]): string[] =>
  subjectOf(entries, type, reads).related.map(({ resource }) => resource.id);

test('links a resource to what it points to and to what points to it, of the types that are read', () => {
  const entries = [
    entry('EbsVolume', 'vol-1', { refs: ['i-1'] }),
    entry('Ec2Instance', 'i-1', { refs: ['ami-1'] }),
    entry('Ec2Image', 'ami-1'),
    entry('EbsSnapshot', 'snap-1', { refs: ['vol-1'] }),
  ];

  expect(relatedIds(entries, 'EbsVolume', ['Ec2Instance', 'EbsSnapshot'])).toStrictEqual(['snap-1', 'i-1']);
  expect(relatedIds(entries, 'EbsVolume', ['Ec2Instance'])).toStrictEqual(['i-1']);
  expect(relatedIds(entries, 'Ec2Instance', ['EbsVolume', 'Ec2Image', 'EbsSnapshot'])).toStrictEqual([
    'vol-1',
    'ami-1',
  ]);
});

test('gives a resource the series whose dimensions name it, also from a file that names no region', () => {
  const cpu = entry('Series', 'AWS/EC2/CPUUtilization', { refs: ['i-1'] });
  const anywhere = entry('Series', 'AWS/EC2/NetworkIn', { refs: ['i-1'], region: 'any' });
  const other = entry('Series', 'AWS/EC2/NetworkOut', { refs: ['i-1'], region: 'us-east-1' });
  const entries = [entry('Ec2Instance', 'i-1'), cpu, anywhere, other];

  expect(
    subjectOf(entries, 'Ec2Instance')
      .series.map(({ evidence }) => evidence)
      .toSorted(),
  ).toStrictEqual([cpu.evidence, anywhere.evidence].toSorted());
});

test.each([
  ['the only one', [A], A],
  ['none when two are named', [A, B], 'unknown'],
  ['none when none is named', [], 'unknown'],
])('fills in an account nobody names: %s', (_what, accounts, expected) => {
  const entries = [
    ...accounts.map((account, n) => entry('S3Bucket', `b-${n}`, { account })),
    entry('RdsDbInstance', 'db', { account: 'unknown' }),
  ];

  expect(subjectOf(entries, 'RdsDbInstance').resource.account).toBe(expected);
});

const LINKS: [what: string, account: string, of: string[], id: string, linked: boolean][] = [
  ['within an account', A, [A], 'database-1', true],
  ['of another account by name', A, [B], 'database-1', false],
  ['of another account by an id nobody else has', A, [B], 'i-0123456789abcdef0', true],
  ['of another account by ARN', A, [B], `arn:aws:rds:eu-west-1:${A}:db:database-1`, true],
  ['of no account, when one has the name', A, ['unknown', B], 'database-1', true],
];

test.each(LINKS)('links series %s as it must', (...row) => {
  const [, account, [of = '', also], id, linked] = row;
  const entries = [
    entry('RdsDbInstance', id, { account }),
    entry('Series', 'cpu', { account: of, refs: [id] }),
    ...(also === undefined ? [] : [entry('S3Bucket', 'elsewhere', { account: also })]),
  ];

  expect(subjectOf(entries, 'RdsDbInstance').series).toHaveLength(linked ? 1 : 0);
});

test('links a series of no account to nobody when two accounts have the name', () => {
  const entries = [
    entry('RdsDbInstance', 'database-1', { account: A }),
    entry('RdsDbInstance', 'database-1', { account: B, pointer: '/1' }),
    entry('Series', 'cpu', { account: 'unknown', refs: ['database-1'] }),
  ];
  const inventory = openInventory(entries, []);

  const subjects = inventory.resources(new Set(['RdsDbInstance'])).map((one) => inventory.subject(one, new Set()));
  expect(subjects.map(({ resource, series }) => [resource.account, series.length])).toStrictEqual([
    [A, 0],
    [B, 0],
  ]);
});

const place = (evidence: string, version: string): IndexEntry =>
  entry('EbsVolume', 'vol-1', { evidence: evidenceId(evidence.repeat(64)), version });

test('keeps versions that disagree apart and cites every place of each once', () => {
  const entries = [place('a', 'v2'), place('b', 'v1'), place('c', 'v1'), place('c', 'v1')];

  expect(
    subjectOf(entries, 'EbsVolume').versions.map(({ version, places }) => [
      version,
      places.map(({ evidence }) => evidence.at(-1)),
    ]),
  ).toStrictEqual([
    ['v1', ['b', 'c']],
    ['v2', ['a']],
  ]);
});

test('gives a resource the cost facts that are certainly its own', () => {
  const facts: CostFacts = {
    resource_id: 'i-0123456789abcdef0',
    account: A,
    effective: '1',
    on_demand: '1',
    committed: '0',
    days: 30,
    basis: 'EffectiveCost',
    citations: [],
  };
  const inventory = openInventory([entry('Ec2Instance', facts.resource_id), entry('Ec2Instance', 'i-2')], [facts]);

  const subjects = inventory.resources(new Set(['Ec2Instance'])).map((one) => inventory.subject(one, new Set()));
  expect(subjects.map(({ costs }) => costs)).toStrictEqual([facts, undefined]);
});

const anEntry = fc
  .record({
    type: fc.constantFrom<IndexEntry['type']>('Ec2Instance', 'EbsVolume', 'RdsDbInstance', 'Series'),
    id: fc.constantFrom('a', 'b', 'c'),
    account: fc.constantFrom(A, B, 'unknown'),
    region: fc.constantFrom(REGION, 'us-east-1', 'any'),
    evidence: fc.constantFrom('1', '2', '3').map((digit) => evidenceId(digit.repeat(64))),
    pointer: fc.constantFrom('/0', '/1'),
    version: fc.constantFrom('v1', 'v2'),
    refs: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).map((refs) => refs.toSorted()),
  })
  .map((over) => entry(over.type, over.id, over));

test('does not depend on the order of what was found', () => {
  const types = new Set<ResourceType>(['Ec2Instance', 'EbsVolume', 'RdsDbInstance']);
  const read = (entries: readonly IndexEntry[]) => {
    const inventory = openInventory(entries, []);
    return inventory.resources(types).map((one) => inventory.subject(one, types));
  };
  fc.assert(
    fc.property(
      // One place says one thing: entries of one place are one entry.
      fc.uniqueArray(anEntry, {
        maxLength: 12,
        selector: ({ type, id, evidence, pointer, account, region }) =>
          [type, id, evidence, pointer, account, region].join(),
      }),
      fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      (entries, keys) => {
        const shuffled = entries
          .map((one, n) => [one, keys[n] ?? 0] as const)
          .sort(([, a], [, b]) => a - b)
          .map(([one]) => one);
        expect(read(shuffled)).toStrictEqual(read(entries));
      },
    ),
    { numRuns: 300 },
  );
});

test('the tags of the tagging API stand apart: no description, no relation, only of the resource they name', () => {
  const tags = entry('EbsVolume', 'vol-1', { kind: 'tags', pointer: '/ResourceTagMappingList/0' });
  const other = entry('EbsVolume', 'vol-2', { kind: 'tags' });
  const subject = subjectOf([entry('EbsVolume', 'vol-1'), tags, other], 'EbsVolume', ['EbsVolume']);
  expect([subject.versions.length, subject.related]).toStrictEqual([1, []]);
  expect(subject.tags?.map(({ pointer }) => pointer)).toStrictEqual(['/ResourceTagMappingList/0']);
  expect(openInventory([other], []).resources(new Set(['EbsVolume']))).toStrictEqual([]);
});
