import { SHAPES, canonicalClient } from './inventory/catalogue.ts';
import { findingHead } from './judge-subject.ts';
import type { Finding } from './model/finding.ts';
import type { DeniedType, FailedRequest } from './model/input.ts';
import { type ResourceRef, resourceKey } from './model/resource.ts';
import type { Rule } from './model/rule.ts';

/** The kinds of resource whose description was denied, by place and kind. */
export function deniedTypes(failed: readonly FailedRequest[]): DeniedType[] {
  const denied = failed.flatMap(({ account = 'unknown', region, client, operation, denied: actions }) => {
    if (actions === undefined) return [];
    const shapes = SHAPES[canonicalClient(client)]?.[operation] ?? [];
    return shapes.map(({ type, global }) => ({ account, region: global === true ? 'global' : region, type, actions }));
  });
  return [...Map.groupBy(denied, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => {
      const actions = [...new Set(same.flatMap((one) => one.actions))].toSorted();
      return same.slice(0, 1).map((one) => ({ ...one, actions }));
    });
}

/**
 * What a rule cannot say where its own kind was denied: one UNKNOWN that stands for all resources of the kind there (`*`).
 */
export function unlisted(rule: Rule, denied: readonly DeniedType[]): Finding[] {
  return denied
    .filter(({ type }) => type === rule.appliesTo)
    .map((one) => accessDenied(rule, { account: one.account, region: one.region, type: one.type, id: '*' }, [one]));
}

/** UNKNOWN where a kind the rule reads beside its subject was denied: what is not seen is not absent. */
export function unseen(rule: Rule, resource: ResourceRef, denied: readonly DeniedType[]): Finding | undefined {
  const missing = denied.filter(
    ({ type, account, region }) =>
      rule.reads.includes(type) && account === resource.account && (region === resource.region || region === 'global'),
  );
  return missing.length === 0 ? undefined : accessDenied(rule, resource, missing);
}

/** The statement that would permit these actions, as one line of an IAM policy. */
export function policyLine(actions: readonly string[]): string {
  return JSON.stringify({ Effect: 'Allow', Action: [...actions].sort(), Resource: '*' });
}

function accessDenied(rule: Rule, resource: ResourceRef, denied: readonly DeniedType[]): Finding {
  const actions = [...new Set(denied.flatMap((one) => one.actions))].toSorted();
  return {
    ...findingHead(rule, resource),
    verdict: 'UNKNOWN',
    reason: 'ACCESS_DENIED',
    detail: `access denied: ${actions.join(', ')}`,
  };
}

const keyOf = ({ account, region, type }: Omit<DeniedType, 'actions'>): string =>
  resourceKey({ account, region, type, id: '*' });
