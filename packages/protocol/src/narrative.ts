import type { Figure } from './claim.ts';
import { type Quantity, isRoundingOf, parseQuantity, timesHundred } from './quantity.ts';

/** What a text may stand on. */
export interface Support {
  /** Numbers, amounts and percentages of the text must be these, rounded or not. */
  readonly figures: readonly Pick<Figure, 'value' | 'unit'>[];
  /** Texts in which names, types, dates and versions must occur as whole words: resource keys, parameters, cited values. */
  readonly texts: readonly string[];
}

/**
 * The words of a prose text that nothing supports; an empty answer lets the text pass.
 *
 * Every word with a digit in it, every ARN and every URL must occur in `texts` letter for letter (whole, or between
 * slashes, colons and commas there) or be a number of `figures`.
 * Rounding: a number written with d decimals is the figure's value rounded to d decimals (a tie may go either way);
 * a value that is not 0 is never rounded to 0. An amount ($12.50, 12.50 USD) needs a figure in USD, a percentage one in
 * percent (or a ratio, times 100). Numbers spelled out in letters are not seen.
 */
export function unsupportedWords(text: string, support: Support): string[] {
  const known = new Set(
    support.texts.flatMap((source) => wordsIn(source).flatMap(({ word }) => [word, ...word.split(/[/:,]/)])),
  );
  const figures = support.figures.map(({ value, unit }) => ({ unit, quantity: parseQuantity(value) }));
  const offending = wordsIn(text)
    .filter((found) => !isSupported(found, known, figures))
    .map(({ word }) => word);
  return [...new Set(offending)];
}

/** Terms with digits that name no fact of an estate. */
const TERMS = new Set(
  'EC2 S3 R53 Route53 gp2 gp3 io1 io2 st1 sc1 IPv4 IPv6 x86 x86_64 arm64 amd64 ed25519 SHA-256 sha256 K8s OAuth2'.split(
    ' ',
  ),
);

interface Word {
  readonly word: string;
  readonly kind: 'amount' | 'percent' | 'plain';
}

interface KnownFigure {
  readonly unit: string;
  readonly quantity: Quantity | undefined;
}

/** Characters that cannot be seen but can split a number in two. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const WORD = /[\p{L}\p{N}\p{Sc}_%+\-.,:/@#~*=|\\]+/gu;
const EDGES = /^[.,:/\-*=|\\]+(?=[^\d])|^[,:/*=|\\]+|[.,:/\-*=|\\]+$/gu;
const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;

function wordsIn(text: string): Word[] {
  const plain = text.normalize('NFKC').replaceAll(INVISIBLE, '').replaceAll('\u2212', '-');
  const words: Word[] = [];
  for (const match of plain.matchAll(WORD)) {
    const word = match[0].replace(EDGES, '').replace(EDGES, '');
    if (!/\p{N}/u.test(word) && !/^arn:|:\/\//.test(word)) continue;
    const before = plain.slice(Math.max(0, match.index - 8), match.index);
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 12);
    words.push({ word, kind: kindOf(word, before, after) });
  }
  return words;
}

function kindOf(word: string, before: string, after: string): Word['kind'] {
  if (/\p{Sc}/u.test(word) || /(?:USD|\p{Sc})\s?$/u.test(before) || /^\s?(?:USD|dollars?)\b/i.test(after))
    return 'amount';
  return word.endsWith('%') || /^\s?(?:%|percent\b)/i.test(after) ? 'percent' : 'plain';
}

function isSupported({ word, kind }: Word, known: ReadonlySet<string>, figures: readonly KnownFigure[]): boolean {
  if (kind === 'plain' && (known.has(word) || TERMS.has(word))) return true;
  const number = word
    .replace(/^(?:USD|US)?\$/, '')
    .replace(/%$/, '')
    .replace(/^(\d.*)-[a-z]+$/, '$1')
    .replace(/^(\d.*)(?:st|nd|rd|th)$/, '$1');
  if (kind === 'plain' && known.has(number)) return true;
  if (!NUMBER.test(number)) return false;
  const written = parseQuantity(number.replaceAll(',', '').replace(/^\+/, ''));
  return written !== undefined && figures.some((figure) => matches(written, kind, figure));
}

function matches(written: Quantity, kind: Word['kind'], { unit, quantity }: KnownFigure): boolean {
  if (quantity === undefined) return false;
  if (kind === 'amount') return /^USD/i.test(unit) && isRoundingOf(written, quantity);
  if (kind === 'plain') return isRoundingOf(written, quantity);
  if (/^(?:ratio|fraction)$/i.test(unit)) return isRoundingOf(written, timesHundred(quantity));
  return /%|percent/i.test(unit) && isRoundingOf(written, quantity);
}
