import { type Claim, type JsonValue, type Support, unsupportedWords } from '@infrafabric/protocol';

/**
 * The amounts in USD and the percentages of a claim's sentence that are no figure of it, rounded or not.
 *
 * A percentage may also be a parameter of a derivation, such as a target use. Other numbers (versions, dates, counts of
 * groups, sizes inside names) are not judged: they stand in the cited evidence in too many spellings to be told from invention.
 */
export function unfoundedWords({ statement, figures }: Claim): string[] {
  const phrases = visible(statement).match(AMOUNT_OR_PERCENTAGE) ?? [];
  if (phrases.length === 0) return [];
  const params = figures
    .flatMap((figure) => numbersIn(figure.derivation.params))
    .map((value) => ({ value, unit: '%' }));
  const support: Support = { figures: [...figures, ...params], texts: [] };
  return phrases.filter((phrase) => !METHOD.has(phrase) && unsupportedWords(phrase, support).length > 0);
}

/** Words that name a method, not a measurement: the forecast's intervals. */
const METHOD: ReadonlySet<string> = new Set(['80 % interval', '95 % interval']);

const AMOUNT_OR_PERCENTAGE =
  /(?:(?:USD|\p{Sc})\s?[+-]?[\p{N}][\p{N}.,]*)|(?:[+-]?[\p{N}][\p{N}.,]*\s?(?:USD|\p{Sc}|dollars?\b|%(?: interval\b)?|percent\b))/giu;

/** As a reader sees it: compatibility forms composed, characters that cannot be seen left out. */
const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u2212', '-');

function numbersIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return /^\d+(\.\d+)?$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
