import { BILL_DATE_RANGE } from '@infrafabric/finops';
import { sqlName, sqlText } from '../duckdb.ts';
import { type ParquetColumn, type ParquetShape, textOf } from '../parquet.ts';
import type { BillHeader } from './bill-check.ts';
import type { FieldPlaces, Place } from './field-places.ts';

/** A numbered value of a bill's line that is wrong: the column and when it is, in SQL over the file. */
export interface SqlDefect {
  readonly place: Place;
  readonly kind: 'number' | 'date' | 'period';
  readonly when: string;
}

/** Decimal places that sums are exact to; a double counts as the decimal nearest to it. */
const EXACT = 'DECIMAL(38, 15)';

/** The columns of a bill in a Parquet file as SQL: numbers exact, instants in UTC, keys as text. */
export class ParquetSql {
  readonly #columns: ReadonlyMap<string, ParquetColumn>;
  readonly at: FieldPlaces;
  readonly header: BillHeader;

  constructor(shape: ParquetShape, header: BillHeader, at: FieldPlaces) {
    this.#columns = new Map(shape.columns.map((column) => [column.name, column]));
    this.header = header;
    this.at = at;
  }

  /** A number; NULL when it is absent or none. */
  number({ name }: Place): string {
    const { isText, isExact } = this.#typeOf(name);
    if (isExact) return sqlName(name);
    return isText ? `TRY_CAST(${absentAsNull(name)} AS ${EXACT})` : `TRY_CAST(${sqlName(name)} AS ${EXACT})`;
  }

  /** A number that is there, good or not. */
  isPresent({ name }: Place): string {
    return this.#typeOf(name).isText ? `(${absentAsNull(name)} IS NOT NULL)` : `(${sqlName(name)} IS NOT NULL)`;
  }

  /** An instant in milliseconds since the epoch; NULL when it is none. */
  instant({ name }: Place): string {
    const { type, isText } = this.#typeOf(name);
    if (isText) return `epoch_ms(TRY_CAST(${absentAsNull(name)} AS TIMESTAMP))`;
    if (type === 'TIMESTAMP WITH TIME ZONE') return `epoch_ms(${sqlName(name)} AT TIME ZONE 'UTC')`;
    return `epoch_ms(${sqlName(name)}::TIMESTAMP)`;
  }

  /** A key as text, empty when absent; `as` is the name the column has where it is asked for. */
  key({ name }: Place, as = name): string {
    const { type, isText } = this.#typeOf(name);
    return isText ? `coalesce(${absentAsNull(as)}, '')` : `coalesce(${textOf({ name: as, type })}, '')`;
  }

  /** Whether a line is usage, whose charge period must end after it starts. */
  isUsage(): string {
    const kinds = [...this.header.columns.usage].map(sqlText).join(', ');
    return `(${this.key(this.at.kind)} IN (${kinds}))`;
  }

  /** What is wrong with a line, in the order it is told. */
  defects(): SqlDefect[] {
    const { sums, checked, start, end } = this.at;
    const numbers = sums.slice(0, checked).map((place, index): SqlDefect => {
      const isNone = this.#typeOf(place.name).isExact
        ? 'false'
        : `(${this.isPresent(place)} AND ${this.number(place)} IS NULL)`;
      return { place, kind: 'number', when: index === 0 ? `(${this.number(place)} IS NULL)` : isNone };
    });
    const [from, to] = [this.instant(start), this.instant(end)];
    return [
      ...numbers,
      { place: start, kind: 'date', when: outside(from) },
      { place: end, kind: 'date', when: `(CASE WHEN ${outside(to)} THEN ${this.isUsage()} ELSE false END)` },
      {
        place: end,
        kind: 'period',
        when: `(CASE WHEN ${to} <= ${from} THEN ${to} < ${from} OR ${this.isUsage()} ELSE false END)`,
      },
    ];
  }

  #typeOf(name: string): { type: string; isText: boolean; isExact: boolean } {
    const type = this.#columns.get(name)?.type ?? 'VARCHAR';
    return { type, isText: type === 'VARCHAR', isExact: /^(DECIMAL|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$)/.test(type) };
  }
}

/** When an instant is none a bill may hold. */
const outside = (ms: string): string =>
  `(${ms} IS NULL OR ${ms} < ${Date.parse(BILL_DATE_RANGE.from)} OR ${ms} >= ${Date.parse(BILL_DATE_RANGE.to)})`;

const absentAsNull = (name: string): string =>
  `(CASE WHEN trim(${sqlName(name)}) IN ('', 'NULL', 'null') THEN NULL ELSE trim(${sqlName(name)}) END)`;
