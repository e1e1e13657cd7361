import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { isHidden, plainText } from '@infrafabric/protocol/plain-text';

/**
 * The two streams of a command: results go to `out`, everything else to `err`.
 *
 * What is written loses every character that could drive a screen or hide text, whoever it came from; only the styles of
 * `paint` pass.
 */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Writes one JSON document on stdout; characters that could drive a screen are written as `\uXXXX`. */
  readonly document: (json: string) => void;
  /** Replaces the last line of the screen; only when `live`. */
  readonly redraw: (text: string) => void;
  /** Whether `err` is a screen that can be redrawn. */
  readonly live: boolean;
  readonly paint: (style: Paint, text: string) => string;
  readonly columns: () => number;
}

/** The few styles we use. */
export type Paint = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a terminal writes to: standard output and standard error, or something like them. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'on'> & { readonly isTTY?: boolean; readonly columns?: number };

/** A terminal on two streams. Colours only on a screen, and never with NO_COLOR (no-color.org). */
export function openTerminal(environment: Environment, { stdout, stderr }: Streams): Terminal {
  const isDumb = environment['TERM'] === 'dumb';
  const mayColour = (environment['NO_COLOR'] ?? '') === '' && !isDumb;
  const coloured = mayColour && Boolean(stderr.isTTY) && Boolean(stdout.isTTY);
  const out = writerTo(stdout);
  const err = writerTo(stderr);
  return {
    out: (text) => out(withoutControls(text)),
    err: (text) => err(withoutControls(text)),
    document: (json) => out(escaped(json.endsWith('\n') ? json : `${json}\n`)),
    redraw: (text) => err(`\r\u001B[2K${withoutControls(text)}`),
    live: Boolean(stderr.isTTY) && !isDumb && (environment['CI'] ?? '') === '',
    paint: (style, text) => (coloured ? painted(style, text) : text),
    columns: () => stderr.columns ?? 80,
  };
}

/** Writes until the reader goes away (`| head`); the work itself goes on, so that its report and its exit status count. */
function writerTo(stream: Stream): (text: string) => void {
  let isOpen = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    isOpen = false;
  });
  return (text) => {
    if (isOpen) stream.write(text);
  };
}

/** Stands for the beginning of a style until the text is written; foreign text cannot contain it, for nobody can know it. */
const STYLE = `${randomUUID()}:`;

/** Codes of SGR (ECMA-48 8.3.117), as Node's own inspector uses them. */
function painted(style: Paint, text: string): string {
  const [on, off] = inspect.colors[style] ?? [0, 0];
  return `${STYLE}${on}m${text}${STYLE}${off}m`;
}

function withoutControls(text: string): string {
  return plainText(text).replaceAll('\r', '').replaceAll(STYLE, '\u001B[');
}

function escaped(json: string): string {
  if (/^[ -~\n]*$/.test(json)) return json;
  let safe = '';
  for (const character of json) safe += isHidden(character.codePointAt(0) ?? 0) ? unicodeEscape(character) : character;
  return safe;
}

function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
