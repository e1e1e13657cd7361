import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { MemoryEvidence, VOLUMES, estateFolder, read, refusalOf, series } from '../testing/estate-folder.ts';
import { readEstate } from './read-estate.ts';

const evidenceOf = (text: string): string => evidenceId(sha256Hex(text));

describe('an estate directory', () => {
  test('becomes evidence and a manifest that says where every answer was asked', async () => {
    const { manifest, evidence } = await read({
      'README.md': 'ours',
      'us-east-1/ec2.DescribeVolumes.json': VOLUMES,
      '123456789012/global/secretsmanager.ListSecrets.page-2.json': '{"SecretList":[]}',
      '123456789012/metrics.ndjson': `${series()}\n`,
    });
    expect(manifest).toStrictEqual({
      files: [
        {
          kind: 'answer',
          name: '123456789012/global/secretsmanager.ListSecrets.page-2.json',
          sha256: sha256Hex('{"SecretList":[]}'),
          bytes: 17,
          evidence: evidenceOf('{"SecretList":[]}'),
          redactions: 0,
          account: '123456789012',
          region: 'global',
          client: 'secrets-manager',
          operation: 'ListSecrets',
        },
        {
          kind: 'metrics',
          name: '123456789012/metrics.ndjson',
          sha256: sha256Hex(`${series()}\n`),
          bytes: series().length + 1,
          evidence: evidenceOf(`${series()}\n`),
          redactions: 0,
          account: '123456789012',
        },
        {
          kind: 'answer',
          name: 'us-east-1/ec2.DescribeVolumes.json',
          sha256: sha256Hex(VOLUMES),
          bytes: VOLUMES.length,
          evidence: evidenceOf(VOLUMES),
          redactions: 0,
          region: 'us-east-1',
          client: 'ec2',
          operation: 'DescribeVolumes',
        },
      ],
      failed: [],
      unused: [],
    });
    expect(evidence.blobs.size).toBe(3);
  });

  test('loses its secrets before it is stored, and the digest is still of the file as found', async () => {
    const found = '{ "UserData": "IyEvYmluL3No", "A": 1 }';
    const { manifest, evidence } = await read({ 'us-east-1/ec2.DescribeInstanceAttribute.json': found });
    expect(manifest.files.map(({ sha256, redactions }) => ({ sha256, redactions }))).toStrictEqual([
      { sha256: sha256Hex(found), redactions: 1 },
    ]);
    expect(evidence.text(manifest.files[0]!.evidence)).toBe('{"A":1,"UserData":"[redacted:user-data]"}');
  });

  test('names what it does not use, without control characters', async () => {
    const { manifest } = await read({
      'us-east-1/ec2.DescribeVolumes.json': VOLUMES,
      'us-east-1/ec2.DescribeSnapshots.json': '[]',
      'us-east-1/notes.txt': 'x',
      'us-east-1/deeper/ec2.DescribeVolumes.json': VOLUMES,
      'ec2.DescribeVolumes.json': VOLUMES,
      'old/us-east-1/ec2.DescribeVolumes.json': VOLUMES,
      'us-east-1/\u001b[31m.json': 'x',
    });
    expect(manifest.files.map((file) => file.name)).toStrictEqual(['us-east-1/ec2.DescribeVolumes.json']);
    expect(manifest.unused).toStrictEqual([
      { name: 'ec2.DescribeVolumes.json', reason: 'not in a region folder' },
      { name: 'old/', reason: 'not an account or region folder' },
      { name: 'us-east-1/\\u{1b}[31m.json', reason: 'not named <client>.<Operation>.json' },
      { name: 'us-east-1/deeper/', reason: 'not an account or region folder' },
      { name: 'us-east-1/ec2.DescribeSnapshots.json', reason: 'not a JSON object' },
      { name: 'us-east-1/notes.txt', reason: 'not named <client>.<Operation>.json' },
    ]);
  });

  test('counts calls that failed, from error answers and from requests.ndjson', async () => {
    const requests = [
      { file: 'eu-west-1/rds.X.json', client: 'rds', operation: 'DescribeDBInstances', status: 200, error_code: null },
      { file: 'eu-west-1/x.json', client: 'elbv2', operation: 'DescribeLoadBalancers', error_code: 'AccessDenied' },
      { file: '123456789012/global/x.json', client: 'iam', operation: 'ListUsers', error_code: 'Throttling: slow' },
      { client: 'sts', operation: 'GetX', error_code: 'ns#Y', region: 'us-east-2', input: { Password: 'hunter2' } },
      { client: 'sts', operation: 'GetX', error_code: 'ns#Y', region: 'us-east-2', input: { Password: 'hunter2' } },
      { client: 'sts', operation: 'GetZ', error_code: '<b>' },
    ];
    const { manifest, evidence } = await read({
      'us-east-1/ec2.DescribeVolumes.json': '{"status":400,"error":{"Error":{"Code":"InvalidVolume.NotFound"}}}',
      'us-east-1/ec2.DescribeAddresses.json': '{"status":"available","error":{}}',
      'requests.ndjson': requests.map((line) => JSON.stringify(line)).join('\n'),
    });
    expect(manifest.failed).toStrictEqual([
      {
        region: 'eu-west-1',
        client: 'elastic-load-balancing-v2',
        operation: 'DescribeLoadBalancers',
        error_code: 'AccessDenied',
        denied: ['elastic-load-balancing-v2.DescribeLoadBalancers'],
      },
      { region: 'unknown', client: 'sts', operation: 'GetZ', error_code: 'Unknown' },
      { region: 'us-east-1', client: 'ec2', operation: 'DescribeVolumes', error_code: 'InvalidVolume.NotFound' },
      { region: 'us-east-2', client: 'sts', operation: 'GetX', error_code: 'Y' },
      { account: '123456789012', region: 'global', client: 'iam', operation: 'ListUsers', error_code: 'Throttling' },
    ]);
    expect(manifest.files.map((file) => [file.kind, file.redactions])).toStrictEqual([
      ['requests', 2],
      ['answer', 0],
    ]);
    expect(evidence.text(manifest.files[0]!.evidence)).not.toContain('hunter2');
  });

  test.each([
    ['the whole estate', '123456789012/us-east-1/', '123456789012/us-east-1/'],
    ['the folder of one account of it', 'us-east-1/', '123456789012/us-east-1/'],
    ['answers collected by hand beside their list of requests', 'us-east-1/', ''],
  ])('knows what was asked for an answer in %s', async (_, folder, said) => {
    const request = {
      file: `${said}s3.GetBucketLifecycleConfiguration.1.json`,
      client: 's3',
      operation: 'GetBucketLifecycleConfiguration',
      input: { Bucket: 'logs', Password: 'hunter2' },
    };
    const { manifest } = await read({
      [`${folder}s3.GetBucketLifecycleConfiguration.1.json`]: '{"Rules":[]}',
      [`${folder}s3.GetBucketLifecycleConfiguration.2.json`]: '{"Rules":[]}',
      [`${folder}requests.ndjson`]: JSON.stringify(request),
    });
    expect(manifest.files.map((file) => [file.kind, file.input])).toStrictEqual([
      ['requests', undefined],
      ['answer', { Bucket: 'logs', Password: '[redacted:named-secret]' }],
      ['answer', undefined],
    ]);
  });

  test('has its metrics cut into chunks at line ends, with line numbers of the whole file', async () => {
    const lines = Array.from({ length: 10 }, (_, index) => series({ dimensions: { InstanceId: `i-${index}` } }));
    const files = {
      'us-east-1/ec2.DescribeVolumes.json': VOLUMES,
      'us-east-1/metrics.ndjson': `${lines.join('\n')}\n`,
    };
    const { manifest, evidence } = await read(files, { maxChunkBytes: lines[0]!.length * 3 + 5 });
    const chunks = manifest.files.filter((file) => file.kind === 'metrics');
    expect(chunks.map((chunk) => chunk.name)).toStrictEqual([1, 2, 3, 4].map((n) => `us-east-1/metrics.ndjson#${n}`));
    expect(chunks.map((chunk) => evidence.text(chunk.evidence).split('\n').length - 1)).toStrictEqual([3, 3, 3, 1]);
    expect(chunks.map((chunk) => evidence.text(chunk.evidence)).join('')).toBe(`${lines.join('\n')}\n`);
    const exact = { ...files, 'us-east-1/metrics.ndjson': lines[0]! };
    expect((await read(exact, { maxChunkBytes: lines[0]!.length })).manifest.files.map((file) => file.name)).toContain(
      'us-east-1/metrics.ndjson',
    );
    const broken = { ...files, 'us-east-1/metrics.ndjson': `${lines.join('\n')}\n${series({ values: ['1'] })}\n` };
    expect(await refusalOf(() => read(broken, { maxChunkBytes: lines[0]!.length * 3 + 5 }))).toStrictEqual({
      code: 'INPUT_LINE_SHAPE',
      where: 'us-east-1/metrics.ndjson, line 11',
    });
    expect(await refusalOf(() => read(files, { maxChunkBytes: 100 }))).toStrictEqual({
      code: 'INPUT_TOO_LARGE',
      where: 'us-east-1/metrics.ndjson',
    });
  });

  test.each([
    ['no namespace', { namespace: undefined }],
    ['an empty metric', { metric: '' }],
    ['a dimension that is a number', { dimensions: { InstanceId: 1 } }],
    ['a period of nothing', { period_seconds: 0 }],
    ['a local time', { start: '2026-11-06T00:00:00' }],
    ['a day that is none', { start: '2026-13-06T00:00:00Z' }],
    ['values that are no list', { values: {} }],
  ])('with a series with %s is refused', async (_, changes) => {
    const files = { 'us-east-1/ec2.DescribeVolumes.json': VOLUMES, 'metrics.ndjson': `\n${series(changes)}` };
    expect(await refusalOf(() => read(files))).toStrictEqual({
      code: 'INPUT_LINE_SHAPE',
      where: 'metrics.ndjson, line 2',
    });
  });
});

test('a link to a file of the same estate is followed, a link to a folder is not', async () => {
  const folder = await estateFolder({ 'us-east-1/ec2.DescribeVolumes.json': VOLUMES });
  await symlink('ec2.DescribeVolumes.json', join(folder.path, 'us-east-1/ec2.DescribeVolumes.2.json'));
  await symlink('us-east-1', join(folder.path, 'us-east-2'));
  const manifest = await readEstate(folder.path, new MemoryEvidence());
  expect(manifest.files.map((file) => file.name)).toStrictEqual([
    'us-east-1/ec2.DescribeVolumes.2.json',
    'us-east-1/ec2.DescribeVolumes.json',
  ]);
  expect(manifest.unused).toStrictEqual([{ name: 'us-east-2/', reason: 'a link to a folder' }]);
  await folder.remove();
});

test('the same files give the same manifest wherever they are', async () => {
  const files = { 'us-east-1/ec2.A.json': '{}', 'us-east-1/ec2.B.json': '{"a":1}', 'global/iam.C.json': '{"b":1}' };
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect((await read(files)).manifest).toStrictEqual((await read(reversed)).manifest);
});
