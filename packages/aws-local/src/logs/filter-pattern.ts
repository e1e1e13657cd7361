import { notImplemented } from '../engine/fault.ts';

/**
 * The terms of a filter pattern that asks for words: `ERROR`, `"two words"`, `ERROR timeout` (all of them).
 *
 * @throws AwsFault `NotImplemented` for JSON, space-delimited, regular expression, optional and excluded terms.
 */
export function filterTerms(pattern: string): readonly string[] {
  const terms = pattern.match(/"[^"]*"|\S+/g) ?? [];
  return terms.map((term) => {
    if (/^".*"$/.test(term)) return term.slice(1, -1);
    if (/^\w+$/.test(term)) return term;
    throw notImplemented(`the filterPattern ${pattern}`);
  });
}
