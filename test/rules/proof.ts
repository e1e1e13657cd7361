import { RULES, type RuleProof, type VerdictCounts } from '@infrafabric/runtime';
import { testedVerdicts } from './tested.ts';

/** The proof table, and the pinned verdicts on recorded answers, by path in the repository. */
export const PROOF_FILE = 'packages/runtime/data/rule-proof.json';
export const VERDICTS_FILE = 'test/rules/recorded-verdicts.tsv';

/** Verdicts by rule. */
export type Counts = Readonly<Record<string, VerdictCounts>>;

/** What each kind of input gave. */
export type CountsByInput = Readonly<Record<Exclude<keyof RuleProof, 'tests'>, Counts>>;

/** The proof table of every rule. */
export function proofTable({ recorded, other_days, moto }: CountsByInput): Record<string, RuleProof> {
  const tests = testedVerdicts();
  const ids = RULES.map((rule) => rule.id).sort();
  return Object.fromEntries(
    ids.map((id) => [
      id,
      {
        tests: tests[id] ?? [],
        recorded: recorded[id] ?? NONE,
        other_days: other_days[id] ?? NONE,
        moto: moto[id] ?? NONE,
      },
    ]),
  );
}

const NONE: VerdictCounts = { finding: 0, ok: 0, unknown: 0 };

/** The text of the proof table: one line a rule, so that a change of one rule is a change of one line. */
export function proofText(table: Readonly<Record<string, RuleProof>>): string {
  const lines = Object.entries(table).map(([id, proof]) => `    ${JSON.stringify(id)}: ${JSON.stringify(proof)}`);
  return `{\n  "rules": {\n${lines.join(',\n')}\n  }\n}\n`;
}
