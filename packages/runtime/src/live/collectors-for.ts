import { RULES } from '@infrafabric/agents';
import { type Collector, COLLECTORS } from '@infrafabric/collect/live';
import { SHAPES } from '@infrafabric/finops';

/**
 * The operations these roles need: those that list what their rules judge or read, what belongs to spend for `budget` and
 * `pricing`, and every list a detail operation among them starts from. All roles together: every operation.
 */
export function collectorsFor(roles: readonly string[]): readonly Collector[] {
  if (ALL.every((role) => roles.includes(role))) return COLLECTORS;
  const types = new Set(RULES.flatMap((rule) => (roles.includes(rule.role) ? [rule.appliesTo, ...rule.reads] : [])));
  const clients = new Set(roles.flatMap((role) => MONEY_CLIENTS[role] ?? []));
  const needed = new Set(
    COLLECTORS.filter(
      ({ client, operation }) =>
        clients.has(client) || (SHAPES[client]?.[operation] ?? []).some((shape) => types.has(shape.type)),
    ),
  );
  for (const collector of needed) {
    for (const one of COLLECTORS) if (collector.after.includes(one.id)) needed.add(one);
  }
  return COLLECTORS.filter((one) => needed.has(one));
}

const ALL = ['pricing', 'rightsizing', 'upgrade-risk', 'budget'];

/** Clients whose answers are about money and belong to no kind of resource. */
const MONEY_CLIENTS: Readonly<Record<string, readonly string[]>> = {
  budget: ['budgets', 'cost-explorer', 'organizations'],
  pricing: ['compute-optimizer', 'cost-explorer', 'cost-optimization-hub', 'savingsplans', 'support'],
};
