import { DAY_MS } from '@infrafabric/finops';
import { type Database, type Rows, sqlName, sqlText } from '../duckdb.ts';
import { REPEAT_MARK } from './bill-merger.ts';
import type { Place } from './field-places.ts';
import { lineBytes, MERGED_LIMITS, MergedPart } from './merged-part.ts';
import type { ParquetSql } from './parquet-sql.ts';
import type { ParquetSurvey } from './parquet-survey.ts';

/** More days than bits fit a number of 127. */
export const MAX_DAYS_AS_BITS = 120;

/** A Parquet bill whose values were checked. */
export interface SurveyedParquet {
  readonly database: Database;
  readonly sql: ParquetSql;
  readonly survey: ParquetSurvey;
  readonly path: string;
}

/** What the lines that name a resource are merged to. */
export interface ResourceGroups {
  readonly byResource: MergedPart;
  readonly beyond: MergedPart;
  /** On how many days (UTC) a resource has usage, when the bill is no longer than {@link MAX_DAYS_AS_BITS}. */
  readonly days: ReadonlyMap<string, number>;
}

/**
 * Merges the lines of a Parquet bill in DuckDB: first by the cells as they stand, for cleaning every cell of every line costs
 * more than the grouping, then by the cleaned ones. Only lines that travel leave DuckDB.
 */
export class ParquetGroups {
  readonly #bill: SurveyedParquet;
  readonly #maxLines: number;

  constructor(bill: SurveyedParquet, maxLines: number = MERGED_LIMITS.lines) {
    this.#bill = bill;
    this.#maxLines = maxLines;
  }

  /** The lines by day, as many of the last keys dropped as the limits ask for. */
  async byDay(): Promise<MergedPart> {
    const { always, byDay } = this.#bill.sql.at;
    const keys = [...always, ...byDay];
    const droppable = Math.max(0, byDay.length - 1);
    await this.#group('days', keys, DAY_PERIOD);
    const kept = await this.#keptKeys(keys.length, droppable);
    const part = this.#part(keys, droppable);
    await this.#take(part, { table: 'days', kept });
    await this.#drop('days');
    return part;
  }

  /** The lines by resource, the dearest where there are too many; those of all others by what every line is merged by. */
  async byResource(): Promise<ResourceGroups> {
    const { always, resource } = this.#bill.sql.at;
    const part = this.#part(resource === undefined ? [] : [...always, resource], 0);
    const beyond = this.#part(always, 0);
    if (resource === undefined) return { byResource: part, beyond, days: new Map() };
    const keys = [...always, resource];
    await this.#group(
      'resources',
      keys,
      ANY_TIME,
      `WHERE ${this.#bill.sql.key(resource)} <> '' AND marks < ${REPEAT_MARK}`,
    );
    await this.#chooseResources(keys.length);
    await this.#take(part, { table: 'resources', kept: keys.length, where: `WHERE ${ofTold(always.length)}` });
    await this.#take(beyond, { table: 'resources', kept: always.length, where: `WHERE NOT ${ofTold(always.length)}` });
    const days = await this.#days(always.length);
    await this.#drop('resources', 'told');
    return { byResource: part, beyond, days };
  }

  #part(keys: readonly Place[], droppable: number): MergedPart {
    return new MergedPart({ keys: names(keys), sums: names(this.#bill.sql.at.sums), droppable });
  }

  /** Makes a table `name` of groups: keys k0.., period f and t, marks, lines, zeroed, sums s0.., days as bits. */
  async #group(name: string, keys: readonly Place[], period: string, where = ''): Promise<void> {
    const { database, sql } = this.#bill;
    const sums = sql.at.sums.map((_, index) => `coalesce(sum(n${index}), 0) AS s${index}`);
    const totals = sql.at.sums.map((_, index) => `sum(s${index}) AS s${index}`);
    const raw = `SELECT ${keys.map((place) => sqlName(place.name)).join(', ')}, ${period}, marks, count(*) AS lines,
      count(*) FILTER (is_zeroed) AS zeroed, bit_or(bits) AS bits, ${sums.join(', ')}
      FROM (${this.#lines(keys)}) ${where} GROUP BY ALL`;
    const clean = keys.map((place, index) => `${sql.key(place)} AS k${index}`);
    await database.all(
      `CREATE TEMP TABLE ${name} AS SELECT ${clean.join(', ')}, f, t, marks, sum(lines) AS lines, sum(zeroed) AS zeroed,
         bit_or(bits) AS bits, ${totals.join(', ')} FROM (${raw}) GROUP BY ALL`,
    );
  }

  /** Every line: the key columns as they stand, its period, its numbers, and what is to be remembered of it. */
  #lines(keys: readonly Place[]): string {
    const { sql, survey, path } = this.#bill;
    const { start, end, sums } = sql.at;
    const marks = sums.map((place, bit) => `CASE WHEN ${sql.isPresent(place)} THEN ${1 << bit} ELSE 0 END`);
    const repeat = survey.repeats > 0 ? `CASE WHEN ${repeatSql(sql)} THEN ${REPEAT_MARK} ELSE 0 END` : '0';
    const columns = [
      ...keys.map((place) => sqlName(place.name)),
      `${sql.instant(start)} AS from_ms`,
      `coalesce(${sql.instant(end)}, ${sql.instant(start)}) AS to_ms`,
      `${[...marks, repeat].join(' + ')} AS marks`,
      ...sums.map((place, index) => `${sql.number(place)} AS n${index}`),
      `${zeroedSql(sql)} AS is_zeroed`,
      `${bitsSql(sql, survey)} AS bits`,
    ];
    return `SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(path)}, file_row_number = true)`;
  }

  /** How many of the keys fit the limits: as many as can be, but for the droppable ones all. */
  async #keptKeys(keys: number, droppable: number): Promise<number> {
    let [least, most] = [keys - droppable, keys];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (await this.#fits(middle)) least = middle;
      else most = middle - 1;
    }
    return least;
  }

  async #fits(kept: number): Promise<boolean> {
    const [[lines, bytes] = []] = await this.#bill.database.all(
      `SELECT count(*), sum(strlen(k)) FROM (SELECT DISTINCT ${keySql(kept)} AS k, f, t, marks FROM days)`,
    );
    const size = Number(bytes) + Number(lines) * lineBytes(this.#bill.sql.at.sums.length);
    return Number(lines) <= this.#maxLines && size <= MERGED_LIMITS.bytes;
  }

  /** Makes a table `told` of the resources that are told apart: the dearest first, each with all its lines. */
  async #chooseResources(keys: number): Promise<void> {
    const size = `sum(strlen(${keySql(keys)}) + ${lineBytes(this.#bill.sql.at.sums.length)})`;
    const each = `SELECT k${keys - 1} AS id, count(*) AS n, ${size} AS b, abs(sum(s0)) AS cost FROM resources GROUP BY 1`;
    const order = '(ORDER BY cost DESC, id ROWS UNBOUNDED PRECEDING)';
    await this.#bill.database.all(
      `CREATE TEMP TABLE told AS SELECT id FROM (SELECT id, sum(n) OVER ${order} AS n, sum(b) OVER ${order} AS b FROM (${each}))
       WHERE n <= ${this.#maxLines} AND b <= ${MERGED_LIMITS.bytes}`,
    );
  }

  async #days(resource: number): Promise<ReadonlyMap<string, number>> {
    const days = new Map<string, number>();
    const query = `SELECT k${resource}, bit_count(bit_or(bits)) FROM resources GROUP BY 1`;
    for await (const rows of this.#bill.database.stream(query))
      for (const [id, count] of rows) days.set(String(id), Number(count));
    return days;
  }

  /** Brings the groups of a table home, by its first `kept` keys. */
  async #take(
    part: MergedPart,
    from: { readonly table: string; readonly kept: number; readonly where?: string },
  ): Promise<void> {
    const { database, sql } = this.#bill;
    const sums = sql.at.sums.map((_, index) => `sum(s${index})::VARCHAR`).join(', ');
    const query = `SELECT ${keySql(from.kept)}, f, t, marks, sum(lines), sum(zeroed), concat_ws(',', ${sums})
      FROM ${from.table} ${from.where ?? ''} GROUP BY ALL ORDER BY ALL`;
    for await (const rows of database.stream(query)) addRows(part, from.kept, rows);
  }

  async #drop(...tables: readonly string[]): Promise<void> {
    for (const table of tables) await this.#bill.database.all(`DROP TABLE ${table}`);
  }
}

const names = (places: readonly Place[]): string[] => places.map((place) => place.name);

/** The day and -1, when the period lies within one; else the period itself. */
const IS_DAY = `to_ms <= (from_ms // ${DAY_MS} + 1) * ${DAY_MS} AND to_ms > from_ms`;
const DAY_PERIOD = `CASE WHEN ${IS_DAY} THEN from_ms // ${DAY_MS} ELSE from_ms END AS f, CASE WHEN ${IS_DAY} THEN -1 ELSE to_ms END AS t`;
const ANY_TIME = '0 AS f, -1 AS t';

const ofTold = (resource: number): string => `k${resource} IN (SELECT id FROM told)`;

/** The first keys in one text; quotes are doubled, as they stand in CSV. */
function keySql(kept: number): string {
  const keys = Array.from({ length: kept }, (_, index) => `replace(k${index}, '"', '""')`);
  return `concat_ws(chr(0), ${keys.join(', ')})`;
}

/** Every row: the keys, the period, the marks, how many lines, how many of them zeroed, then the sums. */
function addRows(part: MergedPart, kept: number, rows: Rows): void {
  for (const [key, f, t, m, count, none, sums] of rows) {
    const [from, to, marks, lines, zeroed] = [f, t, m, count, none].map(Number);
    const line = { from: from ?? 0, to: to ?? -1, marks: marks ?? 0, lines: lines ?? 1, zeroed: zeroed ?? 0 };
    const group = part.append(String(key), kept, line);
    const text = String(sums);
    let start = 0;
    for (let column = 0; column < part.shape.sums.length; column += 1) {
      const comma = text.indexOf(',', start);
      const end = comma < 0 ? text.length : comma;
      part.add(group, column, { text, start, end });
      start = end + 1;
    }
  }
}

/** Whether a line was billed and cost nothing effectively; only FOCUS has both columns. */
function zeroedSql(sql: ParquetSql): string {
  const place = (name: string): Place | undefined => sql.at.sums.find((one) => one.name === name);
  const [billed, effective] = [place('BilledCost'), place('EffectiveCost')];
  if (billed === undefined || effective === undefined) return 'false';
  return `(${sql.number(billed)} > 0 AND coalesce(${sql.number(effective)} = 0, false))`;
}

/** The days (UTC) that a line of usage touches, as bits from the first of the bill. */
function bitsSql(sql: ParquetSql, { firstDay, lastDay }: ParquetSurvey): string {
  if (lastDay - firstDay > MAX_DAYS_AS_BITS) return 'NULL::HUGEINT';
  const first = `(${sql.instant(sql.at.start)} // ${DAY_MS})`;
  const next = `greatest(${first} + 1, (${sql.instant(sql.at.end)} + ${DAY_MS - 1}) // ${DAY_MS})`;
  const bits = `((1::HUGEINT << (${next} - ${first})::INT) - 1) << (${first} - ${firstDay})::INT`;
  return `CASE WHEN ${sql.isUsage()} THEN ${bits} END`;
}

function repeatSql(sql: ParquetSql): string {
  const identity = sql.at.identity.map((place) => sql.key(place));
  const [id = "''"] = identity;
  return `${id} <> '' AND row_number() OVER (PARTITION BY ${identity.join(', ')} ORDER BY file_row_number) > 1`;
}
