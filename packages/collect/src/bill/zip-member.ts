import type { Entry, ZipFile } from 'yauzl';
import { CollectError } from '../errors.ts';
import { GZIP_LIMITS } from '../gunzip.ts';
import { ARCHIVE_NAME, leadsOut, openZip, truncatedZip } from '../zip.ts';
import type { BillFile } from './bill-file.ts';

/** A zip of a report holds one file; folders beside it are no harm. More than this is another kind of archive. */
const MAX_MEMBERS = 20;

/**
 * The bytes of the one CSV file in a zip, as a legacy Cost and Usage Report is delivered by default, block by block.
 *
 * @throws CollectError `ARCHIVE_UNSAFE` for a name that leads out, an archive inside, more than one file, or an encrypted one;
 *   `INPUT_FORMAT_UNKNOWN` for a spreadsheet; `INPUT_DECOMPRESSED_TOO_LARGE` before more than {@link GZIP_LIMITS} is handed
 *   out; `INPUT_TRUNCATED` for an archive that ends early or is damaged.
 */
export async function* zipMember({ path, name, bytes }: BillFile): AsyncGenerator<Uint8Array> {
  if (SPREADSHEET.test(name)) throw spreadsheet(name);
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(path);
    const member = onlyMember(await membersOf(zip, name), name);
    checkSize(member, { name, bytes });
    yield* bounded(await zip.openReadStreamPromise(member), { name, bytes });
  } catch (error) {
    throw error instanceof CollectError ? error : refusal(error, name);
  } finally {
    zip?.close();
  }
}

async function membersOf(zip: ZipFile, name: string): Promise<Entry[]> {
  const members: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (members.push(entry) > MAX_MEMBERS) throw unsafe(name, `more than ${MAX_MEMBERS} members`);
  }
  return members;
}

function onlyMember(members: readonly Entry[], name: string): Entry {
  if (members.some((member) => member.fileName === '[Content_Types].xml')) throw spreadsheet(name);
  const files = members.filter((member) => !member.fileName.endsWith('/'));
  const archive = files.find((member) => ARCHIVE_NAME.test(member.fileName));
  if (archive !== undefined) throw unsafe(name, 'an archive inside it');
  const [file, another] = files;
  if (file === undefined || another !== undefined) throw unsafe(name, `${files.length} files`);
  if (file.isEncrypted() || !file.canDecodeFileData())
    throw unsafe(name, 'one that is encrypted or packed in a way we do not read');
  return file;
}

const SPREADSHEET = /\.xls[bmx]$/i;

/** What the archive says of itself; what comes out is counted besides. */
function checkSize({ uncompressedSize }: Entry, file: Pick<BillFile, 'name' | 'bytes'>): void {
  if (uncompressedSize > limitOf(file.bytes)) throw tooLarge(file);
}

const limitOf = (bytes: number): number => Math.min(GZIP_LIMITS.maxBytes, bytes * GZIP_LIMITS.maxRatio);

async function* bounded(
  blocks: AsyncIterable<Uint8Array>,
  file: Pick<BillFile, 'name' | 'bytes'>,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const block of blocks) {
    length += block.length;
    if (length > limitOf(file.bytes)) throw tooLarge(file);
    yield block;
  }
}

function tooLarge({ name, bytes }: Pick<BillFile, 'name' | 'bytes'>): CollectError {
  return new CollectError('INPUT_DECOMPRESSED_TOO_LARGE', {
    message: `expected at most ${limitOf(bytes)} bytes inside ${bytes} bytes of zip (${GZIP_LIMITS.maxRatio} to 1), got more`,
    where: name,
    fix: 'export the bill again; a file that shrinks this much is no bill',
  });
}

function spreadsheet(name: string): CollectError {
  return new CollectError('INPUT_FORMAT_UNKNOWN', {
    message: 'expected a bill as CSV, gzip, zip or Parquet, got a spreadsheet (xlsx; first bytes 50 4b 03 04)',
    where: name,
    fix: 'export the bill again; a spreadsheet changes account ids and dates',
  });
}

function unsafe(name: string, got: string, cause?: unknown): CollectError {
  return new CollectError('ARCHIVE_UNSAFE', {
    message: `expected a zip with one CSV file, got ${got}`,
    where: name,
    fix: 'give the zip as AWS wrote it, or the CSV file inside it',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Errors of yauzl and zlib by their own words: names that lead out, else damage. */
function refusal(error: unknown, name: string): CollectError {
  if (leadsOut(error)) return unsafe(name, 'a member whose name leads out of it', error);
  return truncatedZip(name, error);
}
