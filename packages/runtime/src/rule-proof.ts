import { RULES } from '@infrafabric/agents';
import { lintRules, type RuleDefect } from '@infrafabric/finops';
import document from '../data/rule-proof.json' with { type: 'json' };

/** How often a rule gave each verdict on one kind of input. */
export interface VerdictCounts {
  readonly finding: number;
  readonly ok: number;
  readonly unknown: number;
}

/**
 * What is known about a rule besides itself: the verdicts its tests name, and what it said on inputs that its author did not write.
 *
 * `recorded`: AWS answers recorded by others; `other_days`: the same answers judged on other days. `moto`: an account made through the AWS API of an emulator, read live.
 */
export interface RuleProof {
  readonly tests: readonly string[];
  readonly recorded: VerdictCounts;
  readonly other_days: VerdictCounts;
  readonly moto: VerdictCounts;
}

const PROOFS: Readonly<Record<string, RuleProof>> = document.rules;

/** The proof table of the version: made by `pnpm rules:prove`, by rule id. */
export const proofOf = (rule: string): RuleProof => (Object.hasOwn(PROOFS, rule) ? PROOFS[rule] : undefined) ?? NONE;

const NOTHING: VerdictCounts = { finding: 0, ok: 0, unknown: 0 };
const NONE: RuleProof = { tests: [], recorded: NOTHING, other_days: NOTHING, moto: NOTHING };

/** Whether a rule gave both a finding and an OK on inputs that its author did not write. */
export const isProven = (rule: string): boolean => missingProof(rule).length === 0;

/** The verdicts a rule has not given on such inputs. */
export function missingProof(rule: string): string[] {
  const { recorded, other_days, moto } = proofOf(rule);
  const seen = [recorded, other_days, moto];
  return [
    ...(seen.some((one) => one.finding > 0) ? [] : ['FINDING']),
    ...(seen.some((one) => one.ok > 0) ? [] : ['OK']),
  ];
}

/** Every defect of the catalogue of this version. */
export const ruleDefects = (): RuleDefect[] =>
  lintRules(RULES, Object.fromEntries(RULES.map(({ id }) => [id, proofOf(id).tests])));
