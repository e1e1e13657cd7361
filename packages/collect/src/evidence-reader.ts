import {
  type Citation,
  type Cited,
  type CsvTable,
  type EvidenceId,
  type EvidenceStore,
  type JsonValue,
  type MediaType,
  resolvePointer,
} from '@infrafabric/protocol';
import { CSV_LIMITS, parseCsv } from './csv.ts';
import { CollectError } from './errors.ts';
import { gunzipWhole } from './gunzip.ts';
import { parquetTableOf } from './parquet.ts';
import { decodeText } from './text.ts';
import { type TextLines, textLines } from './text-lines.ts';

/** Evidence, parsed as its media type says; NDJSON lines become text and are parsed when asked for. */
export type ParsedEvidence =
  | { readonly media_type: 'application/json'; readonly document: JsonValue }
  | { readonly media_type: TableType; readonly table: CsvTable }
  | { readonly media_type: 'application/x-ndjson'; readonly lines: TextLines };

/** Media types that are read as a table. */
type TableType = 'text/csv' | 'application/gzip' | 'application/vnd.apache.parquet';

/**
 * Parses evidence bytes; Parquet needs DuckDB.
 *
 * @throws CollectError `CITATION_UNRESOLVED` when they are not what the media type says, or the codes of `parseCsv`,
 *   `gunzip` and `parquetTableOf`.
 */
export async function readCited(bytes: Uint8Array, mediaType: MediaType): Promise<ParsedEvidence> {
  if (isTableType(mediaType)) return { media_type: mediaType, table: await tableOf(bytes, mediaType) };
  if (mediaType === 'application/x-ndjson') return { media_type: mediaType, lines: textLines(bytes, 'evidence') };
  return { media_type: mediaType, document: jsonOf(decodeText(bytes, 'evidence'), 'evidence') };
}

const isTableType = (mediaType: MediaType): mediaType is TableType =>
  mediaType !== 'application/json' && mediaType !== 'application/x-ndjson';

async function tableOf(bytes: Uint8Array, mediaType: TableType): Promise<CsvTable> {
  if (mediaType === 'application/vnd.apache.parquet') return parquetTableOf(bytes, 'evidence');
  const text = mediaType === 'application/gzip' ? await gunzipWhole(bytes, 'evidence', CSV_LIMITS.maxBytes) : bytes;
  return parseCsv(text, 'evidence');
}

/**
 * What a citation's pointer points at in evidence already parsed.
 *
 * A CSV row comes as an object of column and text; an empty NDJSON pointer as the list of all lines that are not empty.
 * @throws CollectError `CITATION_UNRESOLVED` when nothing is there.
 */
export function resolveIn(evidence: ParsedEvidence, citation: Citation): Cited {
  const found = citation.media_type === evidence.media_type ? lookUp(evidence, citation.pointer) : undefined;
  if (found === undefined) throw unresolved(citation.evidence, `nothing at "${citation.pointer}"`);
  return found;
}

/** What a citation points at in the bytes of its evidence; parses every time. Fails like `readCited` and `resolveIn`. */
export async function resolveCitation(citation: Citation, bytes: Uint8Array): Promise<Cited> {
  return resolveIn(await readCited(bytes, citation.media_type), citation);
}

/**
 * Resolves citations against an evidence store, keeping what it parsed last up to `maxBytes` of evidence.
 *
 * What it hands out is shared: read it, never change it.
 */
export class EvidenceReader {
  readonly #store: Pick<EvidenceStore, 'get'>;
  readonly #maxBytes: number;
  readonly #parsed = new Map<string, { evidence: Promise<ParsedEvidence>; bytes: number }>();
  #bytes = 0;

  constructor(store: Pick<EvidenceStore, 'get'>, maxBytes = 64 * 1024 * 1024) {
    this.#store = store;
    this.#maxBytes = maxBytes;
  }

  /** What the citation points at; a citation of a claim is the caller's to resolve. Fails like `read` and `resolveIn`. */
  async cited(citation: Citation): Promise<Cited> {
    return resolveIn(await this.read(citation.evidence, citation.media_type), citation);
  }

  /**
   * What each of many citations points at, in their order: evidence by evidence, each read once however small the memory is.
   *
   * Fails like `cited`.
   */
  async citedAll(citations: readonly Citation[]): Promise<Cited[]> {
    const found: Cited[] = [];
    const places = citations.map((citation, index) => ({ citation, index }));
    for (const group of Map.groupBy(places, ({ citation }) => keyOf(citation)).values()) {
      const [first] = group;
      if (first === undefined) continue;
      const evidence = await this.read(first.citation.evidence, first.citation.media_type);
      for (const { citation, index } of group) found[index] = resolveIn(evidence, citation);
    }
    return found;
  }

  /** Evidence, parsed; from memory when it was read lately. Fails like `EvidenceStore.get` and `readCited`. */
  async read(evidence: EvidenceId, mediaType: MediaType): Promise<ParsedEvidence> {
    const key = keyOf({ evidence, media_type: mediaType });
    const kept = this.#parsed.get(key);
    if (kept === undefined) return this.#load(key, evidence, mediaType);
    this.#parsed.delete(key);
    this.#parsed.set(key, kept);
    return kept.evidence;
  }

  async #load(key: string, evidence: EvidenceId, mediaType: MediaType): Promise<ParsedEvidence> {
    const entry = { evidence: this.#fetch(key, evidence, mediaType), bytes: 0 };
    this.#parsed.set(key, entry);
    try {
      return await entry.evidence;
    } catch (error) {
      if (this.#parsed.get(key) === entry) this.#parsed.delete(key);
      throw error;
    }
  }

  async #fetch(key: string, evidence: EvidenceId, mediaType: MediaType): Promise<ParsedEvidence> {
    const bytes = await this.#store.get(evidence);
    const parsed = await readCited(bytes, mediaType);
    const entry = this.#parsed.get(key);
    if (entry !== undefined) {
      entry.bytes = bytes.length;
      this.#bytes += bytes.length;
      this.#forget();
    }
    return parsed;
  }

  #forget(): void {
    for (const [key, { bytes }] of this.#parsed) {
      if (this.#bytes <= this.#maxBytes || this.#parsed.size === 1) return;
      this.#parsed.delete(key);
      this.#bytes -= bytes;
    }
  }
}

const keyOf = ({ evidence, media_type }: Pick<Citation, 'evidence' | 'media_type'>): string =>
  `${media_type} ${evidence}`;

function lookUp(evidence: ParsedEvidence, pointer: string): Cited | undefined {
  if (evidence.media_type === 'application/json') return resolvePointer(evidence.document, pointer);
  if (evidence.media_type !== 'application/x-ndjson') {
    return pointer === '' ? evidence.table : csvRow(evidence.table, pointer);
  }
  if (pointer === '') return everyLine(evidence.lines);
  return ndjsonLine(evidence.lines, pointer);
}

function csvRow({ columns, rows }: CsvTable, pointer: string): Cited | undefined {
  const row = rows[Number(/^row=([1-9][0-9]{0,9})$/.exec(pointer)?.[1] ?? 0) - 1];
  return row === undefined ? undefined : Object.fromEntries(columns.map((column, index) => [column, row[index] ?? '']));
}

function everyLine({ count, at }: TextLines): JsonValue[] {
  const lines = Array.from({ length: count }, (_, index) => at(index) ?? '');
  return lines.filter((line) => line.trim() !== '').map((line) => jsonOf(line, 'evidence'));
}

function ndjsonLine(lines: TextLines, pointer: string): Cited | undefined {
  const number = /^\/(0|[1-9][0-9]{0,9})$/.exec(pointer)?.[1];
  const line = number === undefined ? undefined : lines.at(Number(number));
  return line === undefined || line.trim() === '' ? undefined : jsonOf(line, 'evidence');
}

function jsonOf(text: string, what: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    throw unresolved(what, 'text that is not JSON');
  }
}

function unresolved(where: string, got: string): CollectError {
  return new CollectError('CITATION_UNRESOLVED', {
    message: `expected a citation to point at something, got ${got}`,
    where,
    fix: 'the evidence is not the one the claim was made from; make the report again',
  });
}
