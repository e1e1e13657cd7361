import { type JsonObject, canonicalJson, isJsonObject } from '@infrafabric/protocol';
import { redactJson } from '../estate/redaction.ts';
import type { MetricQuery } from './metric-queries.ts';

/** Equal steps of a series: `steps` of `periodSeconds` from `startMs`. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodSeconds: number;
}

/** One step, seconds: CloudWatch keeps hourly data for 455 days (CloudWatch User Guide, Metrics retention, 2026-11-20). */
const PERIOD_SECONDS = 3600;

const DAY_MS = 86_400_000;

/** The window of whole steps that ends with the last full step before `nowMs`. */
export function windowOf(nowMs: number, days: number, periodSeconds = PERIOD_SECONDS): Window {
  const stepMs = periodSeconds * 1000;
  const endMs = Math.floor(nowMs / stepMs) * stepMs;
  return { startMs: endMs - days * DAY_MS, endMs, periodSeconds };
}

/** Points of one query as AWS gave them, over all pages. */
export class PointsByQuery {
  readonly #points = new Map<string, Map<number, number>>();

  /** Takes `MetricDataResults` of one page; what is no point is left out. */
  add(answer: JsonObject): void {
    const results = answer['MetricDataResults'];
    for (const result of Array.isArray(results) ? results : []) {
      if (isJsonObject(result) && typeof result['Id'] === 'string') this.#addResult(result['Id'], result);
    }
  }

  /** The values of a query in equal steps, null where AWS has no datum. */
  values(id: string, window: Window): (number | null)[] {
    const points = this.#points.get(id);
    const stepMs = window.periodSeconds * 1000;
    const steps = (window.endMs - window.startMs) / stepMs;
    return Array.from({ length: steps }, (_, step) => points?.get(window.startMs + step * stepMs) ?? null);
  }

  #addResult(id: string, { Timestamps, Values }: JsonObject): void {
    if (!Array.isArray(Timestamps) || !Array.isArray(Values)) return;
    const points = this.#points.get(id) ?? new Map<number, number>();
    for (const [index, at] of Timestamps.entries()) {
      const value = Values[index];
      if (typeof at === 'string' && typeof value === 'number') points.set(Date.parse(at), value);
    }
    this.#points.set(id, points);
  }
}

/** A line of `metrics.ndjson`, secrets replaced as `readMetrics` replaces them. */
export function seriesLine(
  query: MetricQuery,
  window: Window,
  values: readonly (number | null)[],
): { readonly text: string; readonly redactions: number } {
  const { value, redactions } = redactJson(
    {
      namespace: query.namespace,
      metric: query.metric,
      dimensions: { ...query.dimensions },
      stat: query.stat,
      period_seconds: window.periodSeconds,
      start: new Date(window.startMs).toISOString().replace('.000Z', 'Z'),
    },
    'cloudwatch.GetMetricData',
  );
  return { text: `${canonicalJson({ ...value, values: [...values] })}\n`, redactions };
}
