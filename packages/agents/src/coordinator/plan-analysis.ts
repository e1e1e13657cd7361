import {
  billEvidence,
  type CostFacts,
  type DeniedType,
  deniedTypes,
  type IndexEntry,
  type InputManifest,
  isBudgetAnswer,
  type Place,
  type ResourceType,
  type Rule,
  type SubjectPlaces,
} from '@infrafabric/finops';
import type { EvidenceId, SessionRequest, WorkerRole } from '@infrafabric/protocol';
import { type Inventory, openInventory } from './inventory.ts';
import { billFiles } from './plan-collection.ts';
import { type PlannedTask, plannedTask } from './planned-task.ts';

/** A judging task gets at most this many resources (DESIGN 3). */
const MAX_RESOURCES_A_TASK = 500;

/** And its request names at most this many pieces of evidence: 130 KiB of a wire that holds 192 KiB. */
const MAX_EVIDENCE_A_TASK = 1_500;

/** What the second plan is made from; nothing else may influence it. */
export interface AnalysisBasis {
  readonly request: SessionRequest;
  readonly manifest: InputManifest;
  readonly entries: readonly IndexEntry[];
  readonly costs: readonly CostFacts[];
  readonly rules: readonly Rule[];
}

/**
 * Plans the analysis: one task for each role x service x region x 500 resources, and for a bill one about commitments and one about budgets.
 *
 * Pure: input order does not matter. A role that was not asked for gets no task; a kind of resource nobody has gets none.
 */
export function planAnalysis(basis: AnalysisBasis): PlannedTask[] {
  const inventory = openInventory(basis.entries, basis.costs);
  const judging = groupRules(basis.rules, basis.request.roles).flatMap((group) => judgeTasks(group, inventory, basis));
  return [...judging, ...commitmentTasks(basis), ...budgetTasks(basis)];
}

interface RuleGroup {
  readonly role: Exclude<WorkerRole, 'collector' | 'budget'>;
  readonly service: string;
  readonly types: ReadonlySet<ResourceType>;
  readonly reads: ReadonlySet<ResourceType>;
}

function groupRules(rules: readonly Rule[], roles: readonly WorkerRole[]): RuleGroup[] {
  const groups = Map.groupBy(
    rules.filter((rule) => roles.includes(rule.role)),
    (rule) => `${rule.role}/${rule.service}`,
  );
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members;
      if (first === undefined || first.role === 'collector' || first.role === 'budget') return [];
      return {
        role: first.role,
        service: first.service,
        types: new Set(members.map((rule) => rule.appliesTo)),
        reads: new Set(members.flatMap((rule) => rule.reads)),
      };
    });
}

function judgeTasks(group: RuleGroup, inventory: Inventory, { request, manifest }: AnalysisBasis): PlannedTask[] {
  const resources = Map.groupBy(inventory.resources(group.types), ({ resource }) => resource.region);
  const denied = deniedTypes(manifest.failed).filter(({ type }) => group.types.has(type) || group.reads.has(type));
  const unlisted = denied.filter(({ type }) => group.types.has(type)).map(({ region }) => region);
  return [...new Set([...resources.keys(), ...unlisted])].sort().flatMap((region) =>
    shardsOf(resources.get(region) ?? [], group, inventory).map(({ subjects, evidence }, n) =>
      plannedTask(
        {
          task_id: `${group.role}/${group.service}/${region}/${n}`,
          type: `${group.role}.judge`,
          role: group.role,
          service: group.service,
          region,
          phase: 'analysis',
          evidence: [...evidence].sort().slice(0, MAX_EVIDENCE_A_TASK),
          context: {
            as_of: request.as_of,
            tables: request.tables,
            settings: request.settings,
            ...(request.exclude === undefined ? {} : { exclude: request.exclude }),
          },
        },
        { kind: 'judge', subjects, ...deniedIn(region, n, { denied, group }) },
      ),
    ),
  );
}

/** A region in which nothing could be listed still gets its task, which says so. */
function shardsOf(
  resources: ReturnType<Inventory['resources']>,
  group: RuleGroup,
  inventory: Inventory,
): readonly Shard[] {
  if (resources.length === 0) return [{ subjects: [], evidence: new Set() }];
  return shards(resources.map((one) => inventory.subject(one, group.reads)));
}

/** What was denied and matters to a task: what its subjects are read with, and, in the first of a region, what was not listed. */
function deniedIn(
  region: string,
  shard: number,
  { denied, group }: { readonly denied: readonly DeniedType[]; readonly group: RuleGroup },
): { readonly denied?: readonly DeniedType[] } {
  const mine = denied.filter(
    (one) =>
      (group.reads.has(one.type) && (one.region === region || one.region === 'global')) ||
      (shard === 0 && one.region === region),
  );
  return mine.length === 0 ? {} : { denied: mine };
}

/** Subjects of one task and the evidence they stand in. */
interface Shard {
  readonly subjects: SubjectPlaces[];
  readonly evidence: Set<EvidenceId>;
}

/** Cuts subjects into tasks, in their order. A subject that alone needs more evidence than a request can name gets its own. */
function shards(subjects: readonly SubjectPlaces[]): Shard[] {
  const shards: Shard[] = [];
  for (const subject of subjects) {
    const evidence = evidenceOf(subject);
    const last = shards.at(-1);
    if (last === undefined || isFull(last, evidence)) {
      shards.push({ subjects: [subject], evidence });
    } else {
      last.subjects.push(subject);
      for (const id of evidence) last.evidence.add(id);
    }
  }
  return shards;
}

function isFull(shard: Shard, more: ReadonlySet<EvidenceId>): boolean {
  if (shard.subjects.length === MAX_RESOURCES_A_TASK) return true;
  const added = [...more].filter((id) => !shard.evidence.has(id));
  return shard.evidence.size + added.length > MAX_EVIDENCE_A_TASK;
}

function evidenceOf({ versions, related, series, tags = [] }: SubjectPlaces): Set<EvidenceId> {
  const places: Place[] = [
    ...versions.flatMap((version) => version.places),
    ...related.map((one) => one.place),
    ...series,
    ...tags,
  ];
  return new Set(places.map((place) => place.evidence));
}

/** One task for all accounts and regions of the bill: a commitment is bought for all that runs. */
function commitmentTasks({ request, manifest }: AnalysisBasis): PlannedTask[] {
  const files = billFiles(manifest);
  if (!request.roles.includes('pricing') || files.every((file) => file.kind !== 'bill')) return [];
  return [
    plannedTask(
      {
        task_id: 'pricing/commitments/global/0',
        type: 'pricing.commitments',
        role: 'pricing',
        service: 'commitments',
        region: 'global',
        phase: 'analysis',
        evidence: billEvidence(files),
        context: { as_of: request.as_of, tables: request.tables },
      },
      { kind: 'commitments', files },
    ),
  ];
}

function budgetTasks({ request, manifest }: AnalysisBasis): PlannedTask[] {
  const files = billFiles(manifest);
  const budgets = manifest.files.filter(isBudgetAnswer).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const decisions = files.length === 0 ? [] : manifest.files.filter((file) => file.kind === 'decisions');
  if (!request.roles.includes('budget') || files.length + budgets.length === 0) return [];
  return [
    plannedTask(
      {
        task_id: 'budget/bill/0',
        type: 'budget.account',
        role: 'budget',
        service: 'bill',
        region: 'global',
        phase: 'analysis',
        evidence: [
          ...new Set([...billEvidence(files), ...[...budgets, ...decisions].map((file) => file.evidence)]),
        ].sort(),
        context: {
          as_of: request.as_of,
          budget_usd: request.budget_usd,
          ...(request.question === null ? {} : { question: request.question }),
        },
      },
      { kind: 'account', files, budgets, decisions },
    ),
  ];
}
