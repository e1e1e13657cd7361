import { RULES } from '@infrafabric/agents';
import { type Finding, findingKey } from '@infrafabric/finops';
import type { Estate } from './estate/estate.ts';
import type { Planned, Truth } from './estate/planned.ts';
import type { Judged } from './judged.ts';
import { RULE_OF, type WasteKind } from './truth.ts';

/** How often a rule was right. Every resource of its type is one question; what people disagree about is not asked. */
export interface Counts {
  /** Waste, and said so. */
  found: number;
  /** Said to be waste, and is not. */
  wrong: number;
  /** Waste, and said to be fine. */
  missed: number;
  /** Waste, and the rule says that it cannot know. */
  undecided: number;
  /** Neither. */
  fine: number;
  /** Not asked: a workload about which people disagree. */
  disputed: number;
  /** Waste without a price in our table; said without dollars or as UNKNOWN, as it must be. */
  unpriced: number;
  /** USD a month of findings with a truth in dollars: what is true, what was said, and the sum of the differences. */
  trueUsd: number;
  saidUsd: number;
  offUsd: number;
}

/** The score of all estates so far. */
export interface Score {
  readonly rules: Map<string, Counts>;
  /** The best plan of each resource against what all findings on it add up to, once overlap is removed. */
  readonly net: {
    trueUsd: number;
    saidUsd: number;
    offUsd: number;
    resources: number;
    unscored: number;
    /** USD a month more by two changes at once, and with memory measured. */
    rebuiltUsd: number;
    unmeasuredUsd: number;
    byWorkload: Map<string, number>;
  };
  readonly verdicts: Map<string, number>;
  /** The first resources of each kind of mistake, for whoever looks for the reason. */
  readonly mistakes: Map<string, { count: number; example: string }>;
}

/** An empty score. */
export const openScore = (): Score => ({
  rules: new Map(),
  net: {
    trueUsd: 0,
    saidUsd: 0,
    offUsd: 0,
    resources: 0,
    unscored: 0,
    rebuiltUsd: 0,
    unmeasuredUsd: 0,
    byWorkload: new Map(),
  },
  verdicts: new Map(),
  mistakes: new Map(),
});

const noCounts = (): Counts => ({
  found: 0,
  wrong: 0,
  missed: 0,
  undecided: 0,
  fine: 0,
  disputed: 0,
  unpriced: 0,
  trueUsd: 0,
  saidUsd: 0,
  offUsd: 0,
});

const KINDS = Object.entries(RULE_OF) as [WasteKind, string][];
const TYPE_OF = new Map(RULES.map((rule) => [rule.id, rule.appliesTo]));

/** Adds one estate to a score. */
export function addScore(score: Score, { resources }: Estate, judged: Judged): void {
  const byKey = new Map(judged.findings.map((one) => [`${one.rule} ${one.resource.region} ${one.resource.id}`, one]));
  for (const [kind, rule] of KINDS) {
    const counts = score.rules.get(rule) ?? noCounts();
    score.rules.set(rule, counts);
    for (const one of resources) {
      if (one.type !== TYPE_OF.get(rule)) continue;
      const said = byKey.get(`${rule} ${one.region} ${one.id}`);
      const outcome = count(counts, one, { kind, said });
      if (outcome !== undefined) noteMistake(score, `${rule} ${outcome}: ${one.workload}`, one);
    }
  }
  addNet(score, resources, judged);
  for (const [rule, verdicts] of judged.verdicts) score.verdicts.set(rule, (score.verdicts.get(rule) ?? 0) + verdicts);
}

/** Counts one answer, and says which mistake it is. */
function count(counts: Counts, one: Planned, { kind, said }: Asked): Outcome | undefined {
  const truth = one.waste[kind];
  const outcome = isMisled(one, said) ? 'wrong' : outcomeOf(truth, said);
  counts[outcome] += 1;
  if (outcome === 'found' && typeof truth === 'number')
    addDollars(counts, truth, Number(said?.savings?.effective ?? 0));
  return MISTAKES.has(outcome) ? outcome : undefined;
}

interface Asked {
  readonly kind: WasteKind;
  readonly said: Finding | undefined;
}

/** Whether a finding names something to become that would not do the work. */
function isMisled({ mayBecome }: Planned, said: Finding | undefined): boolean {
  const target = said?.verdict === 'FINDING' ? said.target?.['instance_type'] : undefined;
  return target !== undefined && mayBecome !== undefined && !mayBecome(target);
}

type Outcome = 'found' | 'wrong' | 'missed' | 'undecided' | 'fine' | 'disputed' | 'unpriced';
const MISTAKES = new Set<Outcome>(['wrong', 'missed', 'undecided']);

function outcomeOf(truth: Truth | undefined, said: Finding | undefined): Outcome {
  if (truth === 'unclear') return 'disputed';
  if (truth === undefined) return said?.verdict === 'FINDING' ? 'wrong' : 'fine';
  const isWithoutDollars = said !== undefined && said.savings === undefined;
  if (truth === 'unpriced' && isWithoutDollars) return 'unpriced';
  if (said?.verdict === 'FINDING') return 'found';
  return said === undefined ? 'missed' : 'undecided';
}

function addDollars(to: { trueUsd: number; saidUsd: number; offUsd: number }, truth: number, said: number): void {
  to.trueUsd += truth;
  to.saidUsd += said;
  to.offUsd += Math.abs(truth - said);
}

function noteMistake({ mistakes }: Score, what: string, { region, id }: Planned): void {
  const known = mistakes.get(what);
  if (known === undefined) mistakes.set(what, { count: 1, example: `${region} ${id}` });
  else known.count += 1;
}

/** Adds, for every resource whose best plan is known, what all its findings save together. */
function addNet({ net }: Score, resources: readonly Planned[], { findings, nets }: Judged): void {
  const said = new Map<string, number>();
  for (const one of findings) {
    const key = `${one.resource.type} ${one.resource.region} ${one.resource.id}`;
    said.set(key, (said.get(key) ?? 0) + Number(nets.get(findingKey(one))?.effective ?? 0));
  }
  const isKnown = (one: Planned): boolean => one.best !== undefined || Object.keys(one.waste).length === 0;
  const known = resources.filter(isKnown);
  net.resources += known.length;
  net.unscored += resources.length - known.length;
  for (const { type, region, id, workload, best = 0, rebuilt = 0, unmeasured = 0 } of known) {
    net.rebuiltUsd += rebuilt;
    net.unmeasuredUsd += unmeasured;
    const usd = said.get(`${type} ${region} ${id}`) ?? 0;
    addDollars(net, best, usd);
    const what = `${type}: ${workload}`;
    net.byWorkload.set(what, (net.byWorkload.get(what) ?? 0) + Math.abs(best - usd));
  }
}
