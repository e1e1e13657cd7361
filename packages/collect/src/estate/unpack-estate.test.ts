import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/estate-folder.ts';
import { zipped } from '../testing/zip.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits, unpackEstate } from './unpack-estate.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unpack-estate-'));
  mkdirSync(join(folder, 'out'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FILE = 'eu-west-1/ec2.DescribeVolumes.json';

test.each<[string, Record<string, string>, string]>([
  ['of the directory itself', { [FILE]: '{}', 'metrics.ndjson': 'm' }, ''],
  ['of one account', { [`123456789012/${FILE}`]: '{}' }, ''],
  ['with the folder around it', { 'dump/': '', [`dump/${FILE}`]: '{}' }, 'dump'],
  ['made by macOS', { [FILE]: '{}', '__MACOSX/x/y.zip': 'n', '.DS_Store': 'n' }, ''],
])('a zip %s gives the estate', async (_what, members, root) => {
  const estate = await unpack(zipped(members));

  expect(relative(join(folder, 'out'), estate)).toBe(root);
  const wanted = Object.entries(members).filter(([name, text]) => !name.endsWith('/') && text !== 'n');
  expect(new Map(filesIn(estate))).toStrictEqual(
    new Map(wanted.map(([name, text]) => [relative(root, name), text] as const)),
  );
});

test.each<[string, Uint8Array, Partial<ArchiveLimits>, string]>([
  ['a name that leads out', zipped({ '../x.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a name inside that leads out', zipped({ 'a/../../x.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['an absolute name', zipped({ '/etc/x.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a name of Windows', zipped({ 'a\\x.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a name with a NUL', zipped({ 'a\0.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a dot as a folder', zipped({ './x.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a zip inside', zipped({ 'eu-west-1/more.zip': 'x' }), {}, 'ARCHIVE_UNSAFE'],
  ['folders too deep', zipped({ 'a/b/c/d/e/f.json': '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a file that is a folder too', zipped({ 'a/b': '{}', a: '{}' }), {}, 'ARCHIVE_UNSAFE'],
  ['a symbolic link', linked(), {}, 'ARCHIVE_UNSAFE'],
  ['too many members', zipped({ a: '{}', b: '{}', c: '{}' }), { maxMembers: 2 }, 'INPUT_TOO_MANY'],
  ['too many bytes', zipped({ a: 'x'.repeat(11) }), { maxBytes: 10 }, 'INPUT_DECOMPRESSED_TOO_LARGE'],
  ['a bomb', zipped({ a: 'x'.repeat(1_000_000) }), {}, 'INPUT_DECOMPRESSED_TOO_LARGE'],
  ['a size that is a lie', zipped({ a: 'x'.repeat(1_000_000) }, 10), {}, 'INPUT_TRUNCATED'],
  ['its end missing', zipped({ a: '{}' }).subarray(0, -30), {}, 'INPUT_TRUNCATED'],
  ['something else in it', new TextEncoder().encode('no zip at all, but text'), {}, 'INPUT_TRUNCATED'],
])('a zip with %s is refused and writes nothing outside', async (...[, bytes, limits, code]) => {
  const refusal = await refusalOf(() => unpack(bytes, limits));

  expect(refusal).toStrictEqual({ code, where: 'estate.zip' });
  expect(readdirSync(folder).sort()).toStrictEqual(['estate.zip', 'out']);
});

function unpack(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<string> {
  const path = join(folder, 'estate.zip');
  writeFileSync(path, bytes);
  const from = { path, name: 'estate.zip', bytes: bytes.length };
  return unpackEstate(from, join(folder, 'out'), { ...ARCHIVE_LIMITS, ...limits });
}

/** A zip whose one member says in its external attributes that it is a symbolic link (PKWARE APPNOTE 4.4.15). */
function linked(): Uint8Array {
  const bytes = Buffer.from(zipped({ a: '/etc/passwd' }));
  bytes.writeUInt32LE((0o120777 << 16) >>> 0, bytes.indexOf(Buffer.from('504b0102', 'hex')) + 38);
  return bytes;
}

const filesIn = (estate: string): (readonly [string, string])[] =>
  readdirSync(estate, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(estate, path), readFileSync(path, 'utf8')] as const);
