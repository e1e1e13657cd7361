import { type FailedRequest, type IndexEntry, type InputFile, indexAnswer } from '@infrafabric/finops';
import {
  type EvidenceId,
  type JsonObject,
  type JsonValue,
  canonicalBytes,
  evidenceId,
  isJsonObject,
  resolvePointer,
  sha256Hex,
} from '@infrafabric/protocol';
import { ESTATE_LIMITS } from '../estate/limits.ts';
import { cutAtLines } from '../estate/metrics.ts';
import { redactJson } from '../estate/redaction.ts';
import type { AskPorts } from './asker.ts';
import type { AwsFailure } from './aws-failure.ts';
import type { Collector } from './collector.ts';
import type { Described } from './metric-queries.ts';
import { type MetricCoverage, collectMetrics } from './metrics.ts';
import { type CollectorAnswers, answersOfPlace } from './place-answers.ts';
import { RequestLog, type RequestLine } from './request-log.ts';

/** Takes a file of the collection: evidence, a file of an estate directory, or both. `name` is as in the directory. */
export type LiveSink = (name: string, bytes: Uint8Array) => Promise<EvidenceId>;

/** One account in one region, or the global operations of an account (`region` is `global`). */
export interface PlaceToCollect {
  readonly account: string;
  readonly region: string;
  /** UTC date of the collection, YYYY-MM-DD. */
  readonly today: string;
  readonly days: number;
  /** Minutes any answer may come from the cache; collectors may allow more. */
  readonly cacheMinutes: number;
}

/** What a place gave. `files` are as a reading of the estate directory would list them. */
export interface PlaceResult {
  readonly files: readonly InputFile[];
  readonly failed: readonly FailedRequest[];
  /** Spent on paid reads, a decimal string. */
  readonly usd: string;
  readonly calls: number;
  readonly cacheHits: number;
  readonly coverage?: MetricCoverage;
}

/** What collecting needs besides asking. */
export type PlacePorts = AskPorts & { readonly sink: LiveSink };

/**
 * Collects one place: every collector of its scope, then the metrics of what was found, then the list of requests.
 *
 * Every file is the canonical JSON of what AWS answered with secrets replaced; what failed is in the list, nothing is thrown.
 * @throws the reason of the signal when it aborts; what the sink throws.
 */
export async function collectPlace(
  place: PlaceToCollect,
  collectors: readonly Collector[],
  ports: PlacePorts,
): Promise<PlaceResult> {
  const spend = ports.spend.part();
  const unusable = await ports.clients.unusable();
  if (unusable !== undefined) return storePlace(place, [], { ...ports, spend }, unusable);
  const mine = collectors.filter((one) => (one.scope === 'region') === (place.region !== 'global'));
  const homes = Map.groupBy(mine, (one) => (one.scope === 'region' ? place.region : one.scope.global));
  const answers = await Promise.all(
    [...homes].map(([region, group]) => answersOfPlace(group, { ...place, region }, { ...ports, spend })),
  );
  return storePlace(place, answers.flat(), { ...ports, spend });
}

async function storePlace(
  place: PlaceToCollect,
  answers: readonly CollectorAnswers[],
  ports: PlacePorts,
  unusable?: AwsFailure,
): Promise<PlaceResult> {
  const shelf: Shelf = { place, ports, log: new RequestLog(), files: [] };
  if (unusable !== undefined) shelf.log.add(notEntered(unusable, ports));
  for (const one of answers) await storeAnswers(one, shelf);
  const metrics = answers.length === 0 || place.region === 'global' ? undefined : await storeMetrics(answers, shelf);
  const requests = shelf.log.bytes();
  if (requests !== undefined) await store({ kind: 'requests', basename: 'requests.ndjson', ...requests }, shelf);
  return {
    files: shelf.files.sort((a, b) => (a.name < b.name ? -1 : 1)),
    failed: shelf.log.failed(place),
    usd: ports.spend.usd,
    calls: answers.reduce((sum, one) => sum + one.calls, metrics?.calls ?? 0),
    cacheHits: answers.reduce((sum, one) => sum + one.cacheHits, metrics?.cacheHits ?? 0),
    ...(metrics === undefined ? {} : { coverage: metrics.coverage }),
  };
}

/** An account nobody gets into: one line, and so one gap. */
function notEntered(failure: AwsFailure, { clock }: PlacePorts): RequestLine {
  return { client: 'sts', operation: 'AssumeRole', iam: ['sts:AssumeRole'], input: {}, atMs: clock.nowMs(), failure };
}

interface Shelf {
  readonly place: PlaceToCollect;
  readonly ports: PlacePorts;
  readonly log: RequestLog;
  readonly files: InputFile[];
}

async function storeAnswers({ collector, pages, unanswered }: CollectorAnswers, shelf: Shelf): Promise<void> {
  const { client, operation, id, iam } = collector;
  for (const [n, { input, answer, atMs }] of pages.entries()) {
    const basename = `${id}.${n + 1}.json`;
    const { value, redactions } = redactJson(answer, id);
    const names = { client, operation, ...askedOf(input) };
    const file = await store({ kind: 'answer', basename, bytes: canonicalBytes(value), redactions, ...names }, shelf);
    shelf.log.add({ file: file.name, client, operation, input, atMs });
  }
  for (const one of unanswered) shelf.log.add({ client, operation, iam, ...one });
}

/** What a manifest keeps of the input: as `requests.ndjson` writes it, when it is not nothing. */
function askedOf(input: JsonObject): { readonly input?: JsonObject } {
  const { input: kept } = redactJson({ input }, 'requests').value;
  return isJsonObject(kept) && Object.keys(kept).length > 0 ? { input: kept } : {};
}

interface Piece {
  readonly kind: InputFile['kind'];
  readonly basename: string;
  readonly bytes: Uint8Array;
  readonly redactions: number;
  readonly client?: string;
  readonly operation?: string;
  readonly input?: JsonObject;
}

async function store({ kind, basename, bytes, redactions, ...names }: Piece, shelf: Shelf): Promise<InputFile> {
  const { account, region } = shelf.place;
  const name = `${account}/${region}/${basename}`;
  const evidence = await shelf.ports.sink(name, bytes);
  const file = {
    kind,
    name,
    sha256: sha256Hex(bytes),
    bytes: bytes.length,
    evidence,
    redactions,
    account,
    region,
    ...names,
  };
  shelf.files.push(file);
  return file;
}

interface StoredMetrics {
  readonly calls: number;
  readonly cacheHits: number;
  readonly coverage: MetricCoverage;
}

async function storeMetrics(answers: readonly CollectorAnswers[], shelf: Shelf): Promise<StoredMetrics> {
  const { account, region, days, cacheMinutes } = shelf.place;
  const resources = answers.flatMap((one) => described(one, account, region));
  const nowMs = shelf.ports.clock.nowMs();
  const metrics = await collectMetrics({ account, region, resources, days, nowMs, cacheMinutes }, shelf.ports);
  await storeLines(metrics.lines, metrics.redactions, shelf);
  for (const { operation, input, asked } of metrics.asked) logMetrics({ operation, input, asked }, shelf);
  return {
    calls: metrics.asked.reduce((sum, { asked }) => sum + asked.calls, 0),
    cacheHits: metrics.asked.filter(({ asked }) => asked.isCached).length,
    coverage: metrics.coverage,
  };
}

type AskedMetrics = Awaited<ReturnType<typeof collectMetrics>>['asked'][number];

function logMetrics({ operation, input, asked }: AskedMetrics, { log, place }: Shelf): void {
  const atMs = asked.pages[0]?.atMs ?? asked.failed?.atMs ?? 0;
  const line = { client: 'cloudwatch', operation, iam: [`cloudwatch:${operation}`], input, atMs };
  if (asked.failed !== undefined) log.add({ ...line, failure: asked.failed.failure });
  else if (operation === 'GetMetricData') log.add({ ...line, file: `${place.account}/${place.region}/metrics.ndjson` });
  else log.add(line);
}

/** Chunks as a reading of the directory makes them: the same cuts, the same names. */
async function storeLines(lines: readonly string[], redactions: number, shelf: Shelf): Promise<void> {
  const blocks = lines.map((line) => new TextEncoder().encode(line));
  const chunks: Uint8Array[] = [];
  for await (const chunk of cutAtLines(each(blocks), ESTATE_LIMITS.maxChunkBytes, 'metrics.ndjson')) {
    chunks.push(Uint8Array.from(chunk));
  }
  for (const [n, bytes] of chunks.entries()) {
    const basename = chunks.length === 1 ? 'metrics.ndjson' : `metrics.ndjson#${n + 1}`;
    await store({ kind: 'metrics', basename, bytes, redactions: n === 0 ? redactions : 0 }, shelf);
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The resources of the pages of one collector with their items, as the inventory reads them. */
function described({ collector, pages }: CollectorAnswers, account: string, region: string): Described[] {
  const { client, operation } = collector;
  const evidence = evidenceId('0'.repeat(64));
  return pages.flatMap(({ input, answer }) => {
    const found = indexAnswer({ client, operation, region, account, evidence, input, document: answer });
    return 'entries' in found ? found.entries.flatMap((entry) => describedBy(entry, answer)) : [];
  });
}

function describedBy(entry: IndexEntry, answer: JsonValue): Described[] {
  const item = resolvePointer(answer, entry.pointer);
  return isJsonObject(item) ? [{ entry, item }] : [];
}
