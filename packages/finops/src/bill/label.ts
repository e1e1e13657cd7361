/** Longest name of a provider, service, account or region that a sentence repeats. */
const MAX_CHARACTERS = 80;

/** A label of a bill as a sentence shows it: cut, and never in the middle of a character. */
export function shownLabel(label: string | null | undefined, absent: string): string {
  return label?.slice(0, MAX_CHARACTERS).toWellFormed() ?? absent;
}
