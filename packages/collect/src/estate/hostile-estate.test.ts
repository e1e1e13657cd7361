import { execFileSync } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryEvidence, VOLUMES, estateFolder, read, refusalOf, series } from '../testing/estate-folder.ts';
import { type EstateLimits } from './limits.ts';
import { readEstate } from './read-estate.ts';

describe('a bad estate directory', () => {
  const GOOD = { 'eu-west-1/ec2.DescribeVolumes.json': VOLUMES };
  const BAD = 'us-east-1/ec2.DescribeVolumes.json';

  test.each<[string, Record<string, string | Uint8Array>, Partial<EstateLimits>, string, RegExp]>([
    ['without a file', {}, {}, 'ESTATE_EMPTY', /^estate-\w+$/],
    ['with other files only', { 'a.txt': 'x' }, {}, 'ESTATE_EMPTY', /^estate-\w+$/],
    ['with metrics only', { 'metrics.ndjson': series() }, {}, 'ESTATE_EMPTY', /^estate-\w+$/],
    ['with JSON that is no answer only', { [BAD]: '[]' }, {}, 'ESTATE_EMPTY', /^estate-\w+$/],
    ['with an empty file', { ...GOOD, [BAD]: '' }, {}, 'INPUT_EMPTY', /^us-east-1\/ec2\.DescribeVolumes\.json$/],
    ['with a truncated file', { ...GOOD, [BAD]: VOLUMES.slice(0, 12) }, {}, 'INPUT_TRUNCATED', /json, byte 12$/],
    ['with a web page', { ...GOOD, [BAD]: '<html>' }, {}, 'INPUT_TRUNCATED', /json, byte 0$/],
    [
      'with UTF-16',
      { ...GOOD, [BAD]: Buffer.from(`\ufeff${VOLUMES}`, 'utf16le') },
      {},
      'INPUT_ENCODING',
      /json, byte 0$/,
    ],
    [
      'with Latin-1',
      { ...GOOD, [BAD]: Buffer.from('{"a":"\u00fc"}', 'latin1') },
      {},
      'INPUT_ENCODING',
      /json, byte 6$/,
    ],
    [
      'with deep JSON',
      { ...GOOD, [BAD]: `{"a":${'['.repeat(99)}0${']'.repeat(99)}}` },
      { maxDepth: 99 },
      'INPUT_TOO_DEEP',
      /byte 103$/,
    ],
    ['with a large file', { ...GOOD, [BAD]: VOLUMES }, { maxFileBytes: 33 }, 'INPUT_TOO_LARGE', /^eu-west-1\/ec2/],
    ['too large in all', { ...GOOD, [BAD]: VOLUMES }, { maxTotalBytes: 67 }, 'INPUT_TOO_LARGE', /^estate-\w+$/],
    ['of too many files', { ...GOOD, [BAD]: VOLUMES }, { maxFiles: 3 }, 'INPUT_TOO_MANY', /^estate-\w+$/],
    [
      'with two bad files: the first',
      { 'a.x': '', [BAD]: '{', 'us-west-1/ec2.X.json': '!' },
      {},
      'INPUT_TRUNCATED',
      /^us-east-1/,
    ],
  ])('%s is refused', async (...[, files, limits, code, where]) => {
    const refusal = await refusalOf(() => read(files, limits));
    expect(refusal).toStrictEqual({ code, where: expect.stringMatching(where) });
  });

  test('takes limits as the largest that passes', async () => {
    const limits = { maxDepth: 100, maxFileBytes: 64, maxTotalBytes: 68, maxFiles: 4 };
    expect((await read({ ...GOOD, [BAD]: VOLUMES }, limits)).manifest.files.length).toBe(2);
  });

  test('that is missing or is a file is refused by its last name', async () => {
    const folder = await estateFolder({ 'bill.csv': 'a' });
    const evidence = new MemoryEvidence();
    expect(await refusalOf(() => readEstate(join(folder.path, 'none'), evidence))).toStrictEqual({
      code: 'INPUT_NOT_FOUND',
      where: 'none',
    });
    expect(await refusalOf(() => readEstate(join(folder.path, 'bill.csv'), evidence))).toStrictEqual({
      code: 'INPUT_NOT_REGULAR',
      where: 'bill.csv',
    });
    await folder.remove();
  });

  test.each<[string, (path: string) => Promise<void>, string, string]>([
    ['a link that leads out', (path) => symlink('/etc/hostname', join(path, BAD)), 'INPUT_OUTSIDE', BAD],
    ['a folder link that leads out', (path) => symlink('/etc', join(path, 'us-west-1')), 'INPUT_OUTSIDE', 'us-west-1'],
    ['a link to the parent', (path) => symlink('..', join(path, 'us-west-1')), 'INPUT_OUTSIDE', 'us-west-1'],
    ['a link to nothing', (path) => symlink('nowhere', join(path, BAD)), 'INPUT_NOT_FOUND', BAD],
    ['a link to itself', (path) => symlink('ec2.DescribeVolumes.json', join(path, BAD)), 'INPUT_OUTSIDE', BAD],
    ['a link to a device', (path) => symlink('/dev/zero', join(path, BAD)), 'INPUT_OUTSIDE', BAD],
    [
      'a FIFO',
      async (path) => {
        execFileSync('mkfifo', [join(path, BAD)]);
      },
      'INPUT_NOT_REGULAR',
      BAD,
    ],
  ])('with %s is refused before anything is stored', async (_, spoil, code, where) => {
    const folder = await estateFolder({ ...GOOD, 'us-east-1/ec2.DescribeAddresses.json': '{}' });
    const evidence = new MemoryEvidence();
    await spoil(folder.path);
    expect(await refusalOf(() => readEstate(folder.path, evidence))).toStrictEqual({ code, where });
    expect(evidence.blobs.size).toBe(0);
    await folder.remove();
  });

  test('with a socket is refused', async () => {
    const folder = await estateFolder(GOOD);
    const server = createServer().listen(join(folder.path, 'eu-west-1/s.json'));
    await new Promise((resolve) => void server.once('listening', resolve));
    expect(await refusalOf(() => readEstate(folder.path, new MemoryEvidence()))).toStrictEqual({
      code: 'INPUT_NOT_REGULAR',
      where: 'eu-west-1/s.json',
    });
    server.close();
    await folder.remove();
  });

  test.skipIf(process.getuid?.() === 0)('with an unreadable file is refused (skipped for root)', async () => {
    const folder = await estateFolder(GOOD);
    await chmod(join(folder.path, 'eu-west-1/ec2.DescribeVolumes.json'), 0);
    expect(await refusalOf(() => readEstate(folder.path, new MemoryEvidence()))).toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
    await folder.remove();
  });

  test('with several bad files is refused for the first by name, whichever fails first', async () => {
    const slow = `{"a":"${'x'.repeat(4 * 1024 * 1024)}`;
    expect(await refusalOf(() => read({ 'us-east-1/ec2.A.json': slow, 'us-east-1/ec2.B.json': '!' }))).toMatchObject({
      where: expect.stringContaining('ec2.A.json'),
    });
    const folder = await estateFolder(GOOD);
    const names = ['m', 'z', 'b', 'x', 'a', 'y', 'c'].map((name) => join(folder.path, 'eu-west-1', name));
    execFileSync('mkfifo', names);
    expect(await refusalOf(() => readEstate(folder.path, new MemoryEvidence()))).toMatchObject({
      where: 'eu-west-1/a',
    });
    await folder.remove();
  });

  test('that changes between the walk and the reading is refused', async () => {
    const folder = await estateFolder({ 'metrics.ndjson': series(), ...GOOD, [BAD]: VOLUMES });
    const evidence = new MemoryEvidence();
    const spoiling = {
      put: async (bytes: Uint8Array) => {
        await writeFile(join(folder.path, BAD), `${VOLUMES} `);
        return evidence.put(bytes);
      },
    };
    for (let index = 0; index < 40; index += 1)
      await writeFile(join(folder.path, `eu-west-1/ec2.X.${index}.json`), '{}');
    expect(await refusalOf(() => readEstate(folder.path, spoiling))).toStrictEqual({
      code: 'INPUT_CHANGED',
      where: BAD,
    });
    await folder.remove();
  });
});

test('a valid estate with flipped bytes is read or refused by name, never a crash', async () => {
  const text = JSON.stringify({
    Volumes: [{ VolumeId: 'vol-1', Tags: [{ Key: 'password', Value: 'x\u00fc' }] }],
    U: { UserData: 'eA==' },
  });
  const files = {
    'us-east-1/ec2.A.json': text,
    'metrics.ndjson': `${series()}\n`,
    'requests.ndjson': '{"client":"a","operation":"B","error_code":"C"}',
  };
  const names = Object.keys(files);
  const flip = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }));
  const folder = await estateFolder(files);
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
      for (const [name, content] of Object.entries(files)) {
        const bytes = Buffer.from(content);
        for (const [target, at, mask] of flips) if (target === name) bytes[at % bytes.length]! ^= mask;
        await writeFile(join(folder.path, name), bytes);
      }
      const { code } = await refusalOf(() => readEstate(folder.path, new MemoryEvidence()));
      expect(code).toMatch(/^(accepted|INPUT_(ENCODING|TRUNCATED|LINE_SHAPE)|ESTATE_EMPTY)$/);
    }),
    { numRuns: 150 },
  );
  await folder.remove();
});
