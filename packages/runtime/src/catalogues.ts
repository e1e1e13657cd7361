import { RULES } from '@infrafabric/agents';
import { type Rule, rulesOf, type Service, SERVICES } from '@infrafabric/finops';
import { findCategory } from './categories.ts';
import { isProven, proofOf, type RuleProof } from './rule-proof.ts';

/** A service a bill can name, and the ids of the rules that judge it. */
export type ListedService = Service & { readonly rules: readonly string[] };

/** A rule without its code: ids of its derivations, and how far it is proven. */
export type ListedRule = Omit<Rule, 'judge' | 'derivations'> & {
  readonly derivations: readonly string[];
  readonly proven: boolean;
  readonly proof: RuleProof;
};

/** Every service, or those of a category in any case. @throws RuntimeError `CATEGORY_UNKNOWN`. */
export function listServices(category?: string): ListedService[] {
  const wanted = category === undefined ? undefined : findCategory(category).name;
  const listed = SERVICES.filter((service) => wanted === undefined || service.category === wanted);
  return listed.map((service) => ({ ...service, rules: rulesOf(service, RULES).map((rule) => rule.id) }));
}

/** Every rule, by role and id. */
export function listRules(): ListedRule[] {
  return [...RULES].sort((a, b) => (`${a.role}/${a.id}` < `${b.role}/${b.id}` ? -1 : 1)).map(listedRule);
}

/** A rule as lists show it. */
export function listedRule(rule: Rule): ListedRule {
  const { judge: _judge, ...rest } = rule;
  return {
    ...rest,
    derivations: rule.derivations.map((derivation) => derivation.id),
    proven: isProven(rule.id),
    proof: proofOf(rule.id),
  };
}
