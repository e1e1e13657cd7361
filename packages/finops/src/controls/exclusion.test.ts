import { expect, test } from 'vitest';
import { anEvidenceId } from '../testing/index.ts';
import { excludedBy, fitsTags, readExclusion } from './exclusion.ts';

const TAGS = { env: 'prod', team: 'b', name: 'ci-7-runner', keep: '' };
const citation = { evidence: anEvidenceId('v'), pointer: '/Volumes/0', media_type: 'application/json' as const };
const described = (item: object) => [{ item: JSON.parse(JSON.stringify(item)), citations: [citation] }];
const listed = (tags: Record<string, string>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const excluded = (expression: string, item: object = { Tags: listed(TAGS) }) =>
  excludedBy('ebs-unattached', described(item), [readExclusion(expression)!]);

test.each([
  ['env=prod', true],
  ['env=Prod', false],
  ['Env=prod', false],
  ['env=dev', false],
  ['env=dev|prod', true],
  ['team=a | b', true],
  ['keep', true],
  ['keep=', true],
  ['env=', false],
  ['owner', false],
  ['!owner', true],
  ['!env', false],
  ['env!=prod', false],
  ['env!=dev|test', true],
  ['owner!=ann', true],
  ['name=ci-*', true],
  ['name=*runner', true],
  ['name=ci-*-runner', true],
  ['name=ci-*x*', false],
  ['name=*ci', false],
  ['name=ci-7-runner*runner', false],
  ['*=prod', false],
  ['env=prod&team=b', true],
  ['env=prod&team=a', false],
  ['env=prod & !owner', true],
])('%s fits the tags: %s', (expression, fits) => {
  expect(excluded(expression) !== undefined).toBe(fits);
});

test('says which expression, and cites the tags', () => {
  expect(excluded('env=prod & !owner')).toStrictEqual({
    expression: 'env=prod&!owner',
    citation: { ...citation, pointer: '/Volumes/0/Tags' },
  });
});

test('tags of the tagging API count where the description has none, and are cited where they stand', () => {
  const mapping = { ...citation, pointer: '/ResourceTagMappingList/4' };
  const tags = { item: { ResourceARN: 'arn:aws:s3:::logs', Tags: listed(TAGS) }, citations: [mapping] };
  const read = [readExclusion('env=prod')!];
  expect(excludedBy('r', [...described({ VolumeId: 'vol-1' }), tags], read)).toStrictEqual({
    expression: 'env=prod',
    citation: { ...mapping, pointer: '/ResourceTagMappingList/4/Tags' },
  });
});

test.each([
  '',
  ' ',
  '=prod',
  'env==prod',
  'env=~/prod/',
  'env!=~/prod/',
  '!',
  '!env=prod',
  'env=prod&',
  '&',
  '|',
  'a'.repeat(501),
])('%j is no expression', (text) => {
  expect(readExclusion(text)).toBeUndefined();
});

test.each([
  ['tags as a map', { tags: { env: 'prod' } }],
  ['tags with small letters', { tags: [{ key: 'env', value: 'prod' }] }],
  ['TagList', { TagList: [{ Key: 'env', Value: 'prod' }] }],
])('reads %s', (_, item) => {
  expect(excluded('env=prod', item)?.expression).toBe('env=prod');
});

test('an absent tag counts as absent only where the description lists tags', () => {
  expect(excluded('!owner', { Tags: [] })?.expression).toBe('!owner');
  expect(excluded('!owner', {})).toBeUndefined();
  expect(excluded('!owner', { Tags: null })).toBeUndefined();
});

test.each([
  ['ebs-unattached', true],
  ['ebs-idle ebs-unattached', true],
  ['ebs-idle,ebs-unattached', true],
  ['all', true],
  ['', true],
  ['ebs-idle', false],
  ['ebs-unattached-not', false],
])('infrafabric:ignore=%s takes the resource out of ebs-unattached: %s', (value, fits) => {
  const tags = listed({ 'infrafabric:ignore': value });
  const found = excludedBy('ebs-unattached', described({ Tags: tags }), []);
  expect(found?.expression).toBe(fits ? `infrafabric:ignore=${value}` : undefined);
});

test('a reader can ask of cited tags whether an expression fits them', () => {
  expect(fitsTags('r', 'env=prod', listed(TAGS))).toBe(true);
  expect(fitsTags('r', 'env=dev', listed(TAGS))).toBe(false);
  expect(fitsTags('r', 'infrafabric:ignore=r', listed({ 'infrafabric:ignore': 'r' }))).toBe(true);
  expect(fitsTags('r', 'infrafabric:ignore=r', listed({ 'infrafabric:ignore': 'q' }))).toBe(false);
  expect(fitsTags('r', '', listed(TAGS))).toBe(false);
});
