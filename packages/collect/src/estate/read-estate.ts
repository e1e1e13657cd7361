import { basename } from 'node:path';
import type { FailedRequest, InputFile, InputManifest } from '@infrafabric/finops';
import { type EvidenceStore, evidenceHex, sha256Hex } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { readAnswer } from './answer.ts';
import { readBlocks, readEntry } from './file-bytes.ts';
import { type AnswerName, printableName } from './file-name.ts';
import { ESTATE_LIMITS, type EstateLimits } from './limits.ts';
import { cutAtLines, readMetrics } from './metrics.ts';
import { type AskedFile, deniedOf, readRequests } from './requests.ts';
import { type EstateEntry, walkEstate } from './tree.ts';

/** Where evidence goes: the writing half of an evidence store. */
export type EvidenceSink = Pick<EvidenceStore, 'put'>;

/**
 * Reads an estate directory (DESIGN 7) and stores every answer, chunk of metrics and list of requests as evidence.
 *
 * Names, kinds and sizes of the whole tree are checked before the first `put`; secrets are replaced before every `put`.
 * The same directory gives the same manifest, whatever its path and the order of its files on disk.
 * @throws CollectError with the codes of `walkEstate`, and `ESTATE_EMPTY`, `INPUT_ENCODING`, `INPUT_TRUNCATED`,
 *   `INPUT_TOO_DEEP`, `INPUT_LINE_SHAPE`, `INPUT_CHANGED`; the first bad file in the order of names is the one named.
 */
export async function readEstate(
  directory: string,
  sink: EvidenceSink,
  limits: EstateLimits = ESTATE_LIMITS,
): Promise<InputManifest> {
  const tree = await walkEstate(directory, limits);
  const label = printableName(basename(directory));
  if (!tree.entries.some((entry) => entry.kind !== 'metrics')) throw noAnswers(label, tree.unused[0]);
  const parts: Part[] = [];
  for (const batch of batches(tree.entries)) {
    parts.push(...(await inOrder(batch.map((entry) => readOne(entry, sink, limits)))));
  }
  const files = withInputs(parts);
  const failed = distinct(parts.flatMap((part) => part.failed ?? []));
  const unused = [...tree.unused, ...parts.flatMap((part) => part.unused ?? [])];
  if (failed.length === 0 && !files.some((file) => file.kind === 'answer')) throw noAnswers(label, unused[0]);
  return { files, failed, unused: unused.sort((a, b) => compare(a.name, b.name)) };
}

/** What one file adds to the manifest. */
interface Part {
  readonly files?: readonly InputFile[];
  readonly failed?: readonly FailedRequest[];
  readonly asked?: readonly AskedFile[];
  readonly unused?: InputManifest['unused'];
}

/** The files in order, answers with what was asked for them. */
function withInputs(parts: readonly Part[]): InputFile[] {
  const files = parts.flatMap((part) => part.files ?? []);
  const answers = new Set(files.filter((file) => file.kind === 'answer').map((file) => file.name));
  const inputs = new Map(
    parts.flatMap((part) => part.asked ?? []).map(({ names, input }) => [names.find((one) => answers.has(one)), input]),
  );
  return files.map((file) => {
    const input = inputs.get(file.name);
    return input === undefined ? file : { ...file, input };
  });
}

function readOne(entry: EstateEntry, sink: EvidenceSink, limits: EstateLimits): Promise<Part> {
  if (entry.kind === 'metrics') return storeMetrics(entry, sink, limits);
  if (entry.answer === undefined) return storeRequests(entry, sink, limits);
  return storeAnswer({ ...entry, answer: entry.answer }, sink, limits);
}

async function storeAnswer(
  entry: EstateEntry & { readonly answer: AnswerName },
  sink: EvidenceSink,
  { maxDepth }: EstateLimits,
): Promise<Part> {
  const { client, operation } = entry.answer;
  const found = await readEntry(entry);
  const answer = readAnswer(found, { name: entry.name, operation: `${client}.${operation}`, maxDepth });
  if (answer.kind === 'unused') return { unused: [{ name: entry.name, reason: answer.reason }] };
  if (answer.kind === 'failed') {
    const { account, region = 'unknown' } = entry.place;
    const place = account === undefined ? { region } : { account, region };
    const { error_code } = answer;
    return {
      failed: [{ ...place, client, operation, error_code, ...deniedOf({}, error_code, { client, operation }) }],
    };
  }
  const file = await store({ entry, name: entry.name, found, ...answer }, sink);
  return { files: [{ ...file, client, operation }] };
}

async function storeMetrics(entry: EstateEntry, sink: EvidenceSink, limits: EstateLimits): Promise<Part> {
  const files: InputFile[] = [];
  const isOne = entry.bytes <= limits.maxChunkBytes;
  let linesBefore = 0;
  for await (const found of cutAtLines(readBlocks(entry, BLOCK_BYTES), limits.maxChunkBytes, entry.name)) {
    const chunk = readMetrics(found, { name: entry.name, linesBefore, maxDepth: limits.maxDepth });
    const name = isOne ? entry.name : `${entry.name}#${files.length + 1}`;
    files.push(await store({ entry, name, found, ...chunk }, sink));
    linesBefore += chunk.lines;
  }
  return { files };
}

const BLOCK_BYTES = 1024 * 1024;

async function storeRequests(entry: EstateEntry, sink: EvidenceSink, { maxDepth }: EstateLimits): Promise<Part> {
  const found = await readEntry(entry);
  const requests = readRequests(found, { name: entry.name, place: entry.place, maxDepth });
  return {
    files: [await store({ entry, name: entry.name, found, ...requests }, sink)],
    failed: requests.failed,
    asked: requests.asked,
  };
}

interface Piece {
  readonly entry: EstateEntry;
  readonly name: string;
  readonly found: Uint8Array;
  readonly bytes: Uint8Array;
  readonly redactions: number;
}

async function store(piece: Piece, sink: EvidenceSink): Promise<InputFile> {
  const { id } = await sink.put(piece.bytes);
  return {
    kind: piece.entry.kind,
    name: piece.name,
    sha256: piece.bytes === piece.found ? evidenceHex(id) : sha256Hex(piece.found),
    bytes: piece.found.length,
    evidence: id,
    redactions: piece.redactions,
    ...piece.entry.place,
  };
}

/** Groups of files read side by side: few enough to bound open files, small enough to bound memory. */
function* batches(entries: readonly EstateEntry[]): Generator<EstateEntry[]> {
  let batch: EstateEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + entry.bytes > BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  if (batch.length > 0) yield batch;
}

const BATCH_FILES = 32;
const BATCH_BYTES = 32 * 1024 * 1024;

/** Waits for all, so that nothing is stored after a failure was reported; the first failure in order is thrown. */
async function inOrder<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function distinct(failed: readonly FailedRequest[]): FailedRequest[] {
  const byText = new Map(failed.map((one) => [textOf(one), one]));
  return [...byText].sort(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

const textOf = (one: FailedRequest): string =>
  [one.account ?? '', one.region, one.client, one.operation, one.error_code, ...(one.denied ?? [])].join('\n');

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function noAnswers(label: string, unused: InputManifest['unused'][number] | undefined): CollectError {
  const seen = unused === undefined ? 'nothing' : `only files such as ${unused.name} (${unused.reason})`;
  return new CollectError('ESTATE_EMPTY', {
    message: `expected AWS answers, got ${seen}`,
    where: label,
    fix: 'put answers at <region>/<client>.<Operation>.json, such as us-east-1/ec2.DescribeVolumes.json',
  });
}
