import { DAY_MS, isAbsentCell, MERGED_COLUMNS } from '@infrafabric/finops';
import { redactText } from '../estate/redaction.ts';
import { type MergedBill, REPEAT_MARK } from './bill-merger.ts';
import { csvField } from './csv-text.ts';
import type { MergedLine, MergedPart } from './merged-part.ts';

/** A part of a merged bill as the bytes that travel. */
export interface MergedText {
  readonly bytes: Uint8Array;
  readonly redactions: number;
}

/** The lines of a bill by day, as CSV under the bill's own column names. */
export function dayText({ byDay, header }: MergedBill): MergedText {
  const period = header.columns.chargePeriod.map((name) => header.own(name) ?? name);
  const writer = new CsvWriter([...period, MERGED_COLUMNS.repeated, ...columnsOf(byDay)]);
  const instant = remembered((ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z'));
  for (const line of byDay.lines()) {
    const { from, to, marks } = line;
    const [start, end] = to < 0 ? [from * DAY_MS, (from + 1) * DAY_MS] : [from, to];
    const repeated = (marks & REPEAT_MARK) === 0 ? '' : 'true';
    writer.add([instant(start), instant(end), repeated], byDay, line);
  }
  return writer.end();
}

/**
 * The lines of a bill that name a resource, by resource, as CSV under the bill's own column names; every line says on how many
 * days its resource has any. Their period is that of the whole bill's first day: only the count of days matters. Lines of
 * resources that are not told apart come last, without a resource.
 */
export function resourceText({ byResource, beyond, header, daysOf }: MergedBill): MergedText {
  const period = header.columns.chargePeriod.map((name) => header.own(name) ?? name);
  const writer = new CsvWriter([...period, MERGED_COLUMNS.days, ...columnsOf(byResource)]);
  for (const line of byResource.lines()) writer.add([...SOME_DAY, String(daysOf(line))], byResource, line);
  for (const line of beyond.lines()) writer.add([...SOME_DAY, '1'], beyond, { ...line, keys: [...line.keys, ''] });
  return writer.end();
}

/** A date every bill may hold: lines by resource lie nowhere in time. */
const SOME_DAY = ['2000-01-01T00:00:00Z', '2000-01-02T00:00:00Z'] as const;

const columnsOf = ({ keys, shape }: MergedPart): string[] => [
  ...keys,
  ...shape.sums,
  MERGED_COLUMNS.lines,
  MERGED_COLUMNS.zeroed,
];

/** So many characters are encoded at once. */
const PIECE_CHARACTERS = 256 * 1024;

/** Writes merged lines as CSV (CRLF), secrets replaced, without ever holding them as one text. */
class CsvWriter {
  readonly #pieces: Uint8Array[] = [];
  readonly #clean = remembered(cleanField);
  #piece: string;
  #redactions = 0;

  constructor(columns: readonly string[]) {
    this.#piece = `${columns.map(csvField).join(',')}\r\n`;
  }

  add(first: readonly string[], part: MergedPart, line: MergedLine): void {
    let text = first.join(',');
    for (const key of line.keys) {
      const { field, isRedacted } = this.#clean(key);
      if (isRedacted) this.#redactions += 1;
      text += `,${field}`;
    }
    for (let column = 0; column < part.shape.sums.length; column += 1) text += `,${sumText(part, line, column)}`;
    this.#piece += `${text},${line.lines},${line.zeroed}\r\n`;
    if (this.#piece.length > PIECE_CHARACTERS) this.#flush();
  }

  end(): MergedText {
    this.#flush();
    return { bytes: Buffer.concat(this.#pieces), redactions: this.#redactions };
  }

  #flush(): void {
    this.#pieces.push(Buffer.from(this.#piece));
    this.#piece = '';
  }
}

/** A sum, or nothing where no line had the number. */
const sumText = (part: MergedPart, { group, marks }: MergedLine, column: number): string =>
  (marks & (1 << column)) === 0 ? '' : part.sum(group, column);

/** A key cell as it stands in the file: quotes are still doubled, an absent one may say so. */
function cleanField(raw: string): { readonly field: string; readonly isRedacted: boolean } {
  const { value, redactions } = redactText(isAbsentCell(raw) ? '' : raw.replaceAll('""', '"'));
  return { field: csvField(value), isRedacted: redactions > 0 };
}

function remembered<K, V>(read: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = read(key)));
    return value;
  };
}
