import {
  billEvidence,
  type CostFacts,
  type IndexEntry,
  type InputManifest,
  type Place,
  type ResourceType,
  type Rule,
  type SubjectPlaces,
} from '@infrafabric/finops';
import type { SessionRequest, WorkerRole } from '@infrafabric/protocol';
import { type PlannedTask, plannedTask } from './planned-task.ts';
import { type Inventory, openInventory } from './inventory.ts';

/** A judging task gets at most this many resources (DESIGN 3). */
const MAX_RESOURCES_A_TASK = 500;

/** What the second plan is made from; nothing else may influence it. */
export interface AnalysisBasis {
  readonly request: SessionRequest;
  readonly manifest: InputManifest;
  readonly entries: readonly IndexEntry[];
  readonly costs: readonly CostFacts[];
  readonly rules: readonly Rule[];
}

/**
 * Plans the analysis: one task for each role x service x region x 500 resources, and one budget task.
 *
 * Pure: input order does not matter. A role that was not asked for gets no task; a kind of resource nobody has gets none.
 */
export function planAnalysis(basis: AnalysisBasis): PlannedTask[] {
  const inventory = openInventory(basis.entries, basis.costs);
  const judging = groupRules(basis.rules, basis.request.roles).flatMap((group) =>
    judgeTasks(group, inventory, basis.request),
  );
  return [...judging, ...budgetTasks(basis)];
}

interface RuleGroup {
  readonly role: WorkerRole;
  readonly service: string;
  readonly types: ReadonlySet<ResourceType>;
  readonly reads: ReadonlySet<ResourceType>;
}

function groupRules(rules: readonly Rule[], roles: readonly WorkerRole[]): RuleGroup[] {
  const groups = Map.groupBy(
    rules.filter((rule) => roles.includes(rule.role)),
    (rule) => `${rule.role}/${rule.service}`,
  );
  return [...groups.values()]
    .map((members) => ({
      role: (members[0] as Rule).role,
      service: (members[0] as Rule).service,
      types: new Set(members.map((rule) => rule.appliesTo)),
      reads: new Set(members.flatMap((rule) => rule.reads)),
    }))
    .sort((a, b) => (`${a.role}/${a.service}` < `${b.role}/${b.service}` ? -1 : 1));
}

function judgeTasks(group: RuleGroup, inventory: Inventory, request: SessionRequest): PlannedTask[] {
  const regions = Map.groupBy(inventory.resources(group.types), ({ resource }) => resource.region);
  return [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([region, resources]) =>
      chunks(resources, MAX_RESOURCES_A_TASK).map((shard, n) => {
        const subjects = shard.map((one) => inventory.subject(one, group.reads));
        return plannedTask(
          {
            task_id: `${group.role}/${group.service}/${region}/${n}`,
            type: `${group.role as 'pricing'}.judge`,
            role: group.role,
            service: group.service,
            region,
            phase: 'analysis',
            evidence: evidenceOf(subjects),
            context: { as_of: request.as_of, tables: request.tables, settings: request.settings },
          },
          { kind: 'judge', subjects },
        );
      }),
    );
}

function evidenceOf(subjects: readonly SubjectPlaces[]): string[] {
  const places: Place[] = subjects.flatMap((subject) => [
    ...subject.versions.flatMap((version) => version.places),
    ...subject.related.map((related) => related.place),
    ...subject.series,
  ]);
  return [...new Set(places.map((place) => place.evidence))].sort();
}

function budgetTasks({ request, manifest }: AnalysisBasis): PlannedTask[] {
  const files = manifest.files.filter((file) => file.kind === 'bill' || file.kind === 'rates');
  if (!request.roles.includes('budget') || files.length === 0) return [];
  return [
    plannedTask(
      {
        task_id: 'budget/bill/0',
        type: 'budget.account',
        role: 'budget',
        service: 'bill',
        region: 'global',
        phase: 'analysis',
        evidence: billEvidence(files),
        context: { as_of: request.as_of, budget_usd: request.budget_usd },
      },
      { kind: 'account', files },
    ),
  ];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
