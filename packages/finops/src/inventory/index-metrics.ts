import {
  type EvidenceId,
  type JsonObject,
  type JsonValue,
  canonicalJson,
  isJsonObject,
  jsonPointer,
  sha256Hex,
} from '@infrafabric/protocol';
import type { IndexEntry } from '../model/index-entry.ts';
import type { Series } from '../model/resource.ts';

/** A chunk of a metrics file: text of whole lines, where it was measured, and its evidence. */
export interface MetricsChunk {
  readonly text: string;
  readonly account?: string;
  readonly region: string;
  readonly evidence: EvidenceId;
}

/** Lists the series of a chunk of metrics lines, one a line; `skipped` counts lines that are not a series. */
export function indexMetricsChunk(chunk: MetricsChunk): { entries: IndexEntry[]; skipped: number } {
  const read = chunk.text
    .split('\n')
    .map((line, number) => ({ line, number }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => entryOf(chunk, line, number));
  const entries = read.filter((entry) => entry !== undefined);
  return { entries, skipped: read.length - entries.length };
}

function entryOf(chunk: MetricsChunk, line: string, number: number): IndexEntry | undefined {
  const parsed = parse(line);
  const series = readSeries(parsed, {
    evidence: chunk.evidence,
    pointer: jsonPointer([number]),
    media_type: 'application/x-ndjson',
  });
  if (series === undefined) return undefined;
  return {
    kind: 'series',
    type: 'Series',
    account: chunk.account ?? 'unknown',
    region: chunk.region,
    id: `${series.namespace}/${series.metric}/${series.stat}/${canonicalJson(series.dimensions)}`,
    evidence: chunk.evidence,
    media_type: 'application/x-ndjson',
    pointer: series.citation.pointer,
    version: sha256Hex(line),
    refs: [...new Set(Object.values(series.dimensions))].toSorted(),
  };
}

function parse(line: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(line);
    return value;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Reads one metrics line as a series; `undefined` when it is not one. */
export function readSeries(line: JsonValue | undefined, citation: Series['citation']): Series | undefined {
  if (!isJsonObject(line)) return undefined;
  const { namespace, metric, stat, period_seconds, start, values, dimensions } = line;
  if (typeof namespace !== 'string' || typeof metric !== 'string' || typeof stat !== 'string') return undefined;
  if (typeof start !== 'string' || Number.isNaN(Date.parse(start))) return undefined;
  if (typeof period_seconds !== 'number' || !(period_seconds > 0)) return undefined;
  if (!isDimensions(dimensions) || !isValues(values)) return undefined;
  return { namespace, metric, dimensions, stat, period_seconds, start, values, citation };
}

function isDimensions(value: JsonValue | undefined): value is Record<string, string> & JsonObject {
  return isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

function isValues(value: JsonValue | undefined): value is (number | null)[] {
  if (!Array.isArray(value)) return false;
  for (let index = 0; index < value.length; index += 1) {
    if (value[index] !== null && typeof value[index] !== 'number') return false;
  }
  return true;
}
