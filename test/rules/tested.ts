import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '@infrafabric/runtime';
import { ROOT } from './run.ts';

/** How the test of a rule speaks of each verdict: by its name, or by a reason for not knowing. */
const WORDS: readonly (readonly [verdict: string, word: RegExp])[] = [
  ['FINDING', /\bFINDING\b/],
  ['OK', /\bOK\b/],
  ['UNKNOWN', /\b(?:UNKNOWN|FIELD_MISSING|METRICS_INCOMPLETE|NOT_COLLECTED|NO_[A-Z]+)\b/],
];

/** The verdicts that the test beside each rule names, by rule id. */
export function testedVerdicts(): Record<string, string[]> {
  return Object.fromEntries(
    RULES.map(({ id }) => {
      const text = testOf(id);
      return [id, WORDS.flatMap(([verdict, word]) => (word.test(text) ? [verdict] : []))];
    }),
  );
}

/** A rule `ebs-gp2-to-gp3` stands in `rules/ebs/gp2-to-gp3.ts` of one of the two packages with rules. */
function testOf(id: string): string {
  const dash = id.indexOf('-');
  const file = join('src/rules', id.slice(0, dash), `${id.slice(dash + 1)}.test.ts`);
  const path = ['finops', 'upgrade'].map((name) => join(ROOT, 'packages', name, file)).find((one) => existsSync(one));
  return path === undefined ? '' : readFileSync(path, 'utf8');
}
