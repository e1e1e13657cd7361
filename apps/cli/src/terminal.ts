import { styleText } from 'node:util';

/** The two streams of a command: results go to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a screen that can be redrawn. */
  readonly live: boolean;
  readonly paint: (style: Paint, text: string) => string;
  readonly columns: number;
}

/** The few styles we use. */
export type Paint = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** The process's own terminal. Colours only on a screen, and never with NO_COLOR (no-color.org). */
export function openTerminal(environment: Readonly<Record<string, string | undefined>>): Terminal {
  const screen = process.stderr.isTTY === true;
  const coloured = screen && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    live: screen && environment['TERM'] !== 'dumb' && environment['CI'] === undefined,
    paint: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
    columns: process.stderr.columns ?? 80,
  };
}

/** Removes what could drive a terminal from foreign text: control characters, bidirectional overrides, tag and zero-width characters. */
export function plain(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]|[\u{E0000}-\u{E007F}]/gu,
    '',
  );
}

/** A table with aligned columns; a column of numbers is aligned to the right. */
export function table(rows: readonly (readonly string[])[], rightAligned: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        rightAligned.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}
