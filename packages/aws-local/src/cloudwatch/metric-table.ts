import type { Database } from '../engine/database.ts';
import { storedJson } from '../engine/stored-json.ts';

/** One dimension of a metric. */
export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** What tells one series of measurements from another. */
export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

/** Measurements of one moment, folded as CloudWatch folds a statistic set. */
export interface Datum {
  readonly atMs: number;
  readonly sum: number;
  readonly samples: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit: string;
}

interface SeriesRow {
  namespace: string;
  name: string;
  dimensions: string;
}

interface DatumRow {
  at_ms: number;
  sum: number;
  samples: number;
  minimum: number;
  maximum: number;
  unit: string;
}

/** The metrics of the file. */
export class MetricTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(series: Series, datum: Datum): void {
    const sql = `INSERT INTO metric (namespace, name, dimensions, at_ms, sum, samples, minimum, maximum, unit)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const { atMs, sum, samples, minimum, maximum, unit } = datum;
    const { namespace, name } = series;
    this.#db.run(sql, namespace, name, key(series.dimensions), atMs, sum, samples, minimum, maximum, unit);
  }

  /** The data of a series from `startMs` on and before `endMs`, in time order. */
  between(series: Series, startMs: number, endMs: number): Datum[] {
    const sql = `SELECT at_ms, sum, samples, minimum, maximum, unit FROM metric
      WHERE namespace = ? AND name = ? AND dimensions = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`;
    return this.#db
      .all<DatumRow>(sql, series.namespace, series.name, key(series.dimensions), startMs, endMs)
      .map(({ at_ms: atMs, ...same }) => ({ ...same, atMs }));
  }

  /** Up to `limit` series from the `offset`th on, in order. */
  series(namespace: string | undefined, name: string | undefined, offset: number, limit: number): Series[] {
    const sql = `SELECT DISTINCT namespace, name, dimensions FROM metric
      WHERE namespace = coalesce(?, namespace) AND name = coalesce(?, name)
      ORDER BY namespace, name, dimensions LIMIT ? OFFSET ?`;
    return this.#db
      .all<SeriesRow>(sql, namespace ?? null, name ?? null, limit, offset)
      .map((row) => ({ ...row, dimensions: dimensionsOf(row.dimensions) }));
  }
}

function key(dimensions: readonly Dimension[]): string {
  const pairs = dimensions.map(({ Name, Value }): [string, string] => [Name, Value]);
  return JSON.stringify(pairs.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function dimensionsOf(stored: string): Dimension[] {
  return storedJson<[string, string][]>(stored).map(([Name, Value]) => ({ Name, Value }));
}
