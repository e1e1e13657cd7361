/** Longest name of a provider, service, account or region that a sentence repeats. */
const MAX_CHARACTERS = 80;

/**
 * A label of a bill as a sentence shows it: cut, never in the middle of a character, and without signs and words that would make a
 * number in it an amount or a percentage of ours (`$0.08 per GB-month` is `0.08 per GB-month`).
 */
export function shownLabel(label: string | null | undefined, absent: string): string {
  if (label === null || label === undefined) return absent;
  const cut = label.slice(0, MAX_CHARACTERS).toWellFormed();
  return AMOUNT.test(visible(cut)) ? visible(cut).replaceAll(MARKS, '').trim() || absent : cut;
}

/** A number beside what makes it an amount or a percentage. */
const AMOUNT = /(?:USD|dollars?|percent|\p{Sc}|%)\s?[+-]?\p{N}|\p{N}\s?(?:USD|dollars?|percent|\p{Sc}|%)/iu;
const MARKS = /USD|dollars?|percent|\p{Sc}|%/giu;

/** As a reader sees it: compatibility forms composed, characters that cannot be seen left out. */
const visible = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
