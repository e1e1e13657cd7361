import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type JsonValue, evidenceId, isJsonObject, resolvePointer, sha256Hex } from '@infrafabric/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Indexed, indexAnswer } from './index-answer.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const ESTATE = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'estates/recorded');
const absent = !existsSync(ESTATE);

interface Read {
  readonly what: string;
  readonly document: JsonValue;
  readonly indexed: Indexed;
}

const readFile = (region: string, file: string): Read => {
  const [client = '', operation = ''] = file.split('.');
  const text = readFileSync(join(ESTATE, region, file), 'utf8');
  const document: JsonValue = JSON.parse(text);
  const evidence = evidenceId(sha256Hex(text));
  return {
    what: `${client}.${operation}`,
    document,
    indexed: indexAnswer({ client, operation, region, evidence, document }),
  };
};

describe.skipIf(absent)(`the recorded estate${absent ? ` (skipped: no ${ESTATE})` : ''}`, () => {
  let answers: Read[] = [];
  beforeAll(() => {
    answers = readdirSync(ESTATE).flatMap((region) =>
      readdirSync(join(ESTATE, region)).map((file) => readFile(region, file)),
    );
  });
  const entries = () => answers.flatMap(({ indexed }) => ('entries' in indexed ? indexed.entries : []));

  it('is read without a throw: 805 of 1,272 answers hold resources we judge, the other 467 are named', () => {
    const reasons = answers.map(({ indexed }) => ('unused' in indexed ? indexed.unused : 'READ'));
    expect(Object.entries(Object.groupBy(reasons, (reason) => reason)).map(([k, v]) => [k, v?.length])).toStrictEqual(
      expect.arrayContaining([
        ['READ', 805],
        ['UNKNOWN_CLIENT', 394],
        ['UNKNOWN_OPERATION', 73],
      ]),
    );
    expect(reasons).toHaveLength(1272);
  });

  // Counted from the files with another program: items by their documented place.
  it.each([
    ['Ec2Instance', 188],
    ['EbsVolume', 54],
    ['EbsSnapshot', 42],
    ['RdsDbInstance', 76],
    ['LambdaFunction', 72],
    ['S3Bucket', 297],
    ['KmsKey', 38],
    ['ElastiCacheCluster', 55],
    ['LogGroup', 42],
  ])('holds every %s it has: %i', (type, count) => {
    expect(entries().filter((entry) => entry.type === type)).toHaveLength(count);
  });

  it('points each of its 1,403 entries, 821 resources, at an object of the answer', () => {
    const pointed = answers.flatMap(({ document, indexed }) =>
      'entries' in indexed ? indexed.entries.map((entry) => isJsonObject(resolvePointer(document, entry.pointer))) : [],
    );
    const keys = new Set(entries().map((entry) => [entry.account, entry.region, entry.type, entry.id].join('/')));
    expect([pointed.length, pointed.every(Boolean), keys.size]).toStrictEqual([1403, true, 821]);
  });
});
