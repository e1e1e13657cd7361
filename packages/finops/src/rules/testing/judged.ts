import type { Rule, Subject } from '../../model/rule.ts';
import { figureValues } from '../../testing/index.ts';

/**
 * Judges a subject as `figureValues` does, and holds the rule to its word.
 *
 * Throws when a figure uses a derivation the rule does not list, when the sentence names a figure that is not there, or when
 * the claim cites nothing.
 */
export function judged(rule: Rule, subject: Subject): ReturnType<typeof figureValues> {
  const verdict = rule.judge(subject);
  if (verdict.verdict === 'FINDING') {
    const requests = [verdict.listCost, verdict.listSaving, ...verdict.figures].filter((one) => one !== undefined);
    const names = new Set(requests.map((one) => one.name));
    const broken = [
      ...requests
        .filter((one) => !rule.derivations.includes(one.derivation))
        .map((one) => `unlisted ${one.derivation.id}`),
      ...[...verdict.statement.matchAll(/\{([^}]*)\}/g)]
        .filter(([, name = '']) => !names.has(name))
        .map(([place]) => `no figure ${place}`),
      ...(verdict.citations.length === 0 ? ['no citation'] : []),
    ];
    if (broken.length > 0) throw new Error(`${rule.id}: ${broken.join(', ')}`);
  }
  return figureValues(rule, subject);
}
