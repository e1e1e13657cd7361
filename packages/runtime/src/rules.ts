import { RULES } from '@infrafabric/agents';
import type { Rule } from '@infrafabric/finops';
import { nearestWord } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';

/** The rule of an id such as `ebs-gp2-to-gp3`, or of a method number such as `EBS-04`. @throws RuntimeError `RULE_UNKNOWN`. */
export function findRule(name: string): Rule {
  const rule = RULES.find((one) => one.id === name || one.ref === name);
  if (rule !== undefined) return rule;
  const nearest = nearestWord(
    name,
    RULES.map((one) => one.id),
  );
  throw new RuntimeError('RULE_UNKNOWN', {
    message: `no rule is called "${name.slice(0, 80)}"`,
    fix: nearest === undefined ? 'infrafabric rules list' : `did you mean ${nearest}? infrafabric rules list`,
  });
}
