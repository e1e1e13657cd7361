import { RULES } from '@infrafabric/agents';
import type { Counts, Score } from './score.ts';
import { RULE_OF } from './truth.ts';

/** What a rule, a role or everything scored, as printed and pinned. */
export interface Line {
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
  readonly undecided: number;
  readonly fine: number;
  readonly precision: string;
  /** Of all planted waste that has a price, undecided counts as missed. */
  readonly recall: string;
  /** Sum of differences over the sum of true dollars, of findings that are right. */
  readonly usdError: string;
}

/** A score as figures. */
export interface Summary {
  readonly rules: Readonly<Record<string, Line>>;
  readonly roles: Readonly<Record<string, Line>>;
  readonly all: Line;
  readonly net: {
    readonly resources: number;
    readonly trueUsd: string;
    readonly saidUsd: string;
    readonly totalError: string;
    readonly usdError: string;
    /** What plans would save on top that are two changes at once, or wait for memory to be measured. */
    readonly rebuiltUsd: string;
    readonly unmeasuredUsd: string;
  };
  /** Of questions: disputed, unpriced; of resources: those whose best plan people disagree about, or has no price. */
  readonly shares: { readonly disputed: string; readonly unpriced: string; readonly withoutBest: string };
  readonly neverExercised: readonly string[];
  readonly withoutTruth: readonly string[];
}

/** Works the figures out. */
export function summaryOf(score: Score): Summary {
  const roleOf = new Map(RULES.map((rule) => [rule.id, rule.role]));
  const rules = [...score.rules].sort(([a], [b]) => (a < b ? -1 : 1));
  const roles = Map.groupBy(rules, ([rule]) => roleOf.get(rule) ?? 'no such rule');
  const all = added(rules.map(([, counts]) => counts));
  const { net } = score;
  const asked = all.found + all.wrong + all.missed + all.undecided + all.fine;
  const share = (part: number): string => percent(part, asked + all.disputed + all.unpriced);
  const labelled = new Set<string>(Object.values(RULE_OF));
  return {
    rules: Object.fromEntries(rules.map(([rule, counts]) => [rule, lineOf(counts)])),
    roles: Object.fromEntries(
      [...roles].map(([role, members]) => [role, lineOf(added(members.map(([, counts]) => counts)))]),
    ),
    all: lineOf(all),
    net: {
      resources: net.resources,
      trueUsd: net.trueUsd.toFixed(2),
      saidUsd: net.saidUsd.toFixed(2),
      totalError: percent(net.saidUsd - net.trueUsd, net.trueUsd),
      usdError: percent(net.offUsd, net.trueUsd),
      rebuiltUsd: net.rebuiltUsd.toFixed(2),
      unmeasuredUsd: net.unmeasuredUsd.toFixed(2),
    },
    shares: {
      disputed: share(all.disputed),
      unpriced: share(all.unpriced),
      withoutBest: percent(net.unscored, net.unscored + net.resources),
    },
    neverExercised: RULES.map((rule) => rule.id).filter((rule) => !score.verdicts.has(rule)),
    withoutTruth: RULES.map((rule) => rule.id).filter((rule) => !labelled.has(rule)),
  };
}

function added(all: readonly Counts[]): Counts {
  const keys = [
    'found',
    'wrong',
    'missed',
    'undecided',
    'fine',
    'disputed',
    'unpriced',
    'trueUsd',
    'saidUsd',
    'offUsd',
  ] as const;
  return Object.fromEntries(keys.map((key) => [key, all.reduce((sum, one) => sum + one[key], 0)])) as unknown as Counts;
}

function lineOf({ found, wrong, missed, undecided, fine, trueUsd, offUsd }: Counts): Line {
  return {
    found,
    wrong,
    missed,
    undecided,
    fine,
    precision: ratio(found, found + wrong),
    recall: ratio(found, found + missed + undecided),
    usdError: percent(offUsd, trueUsd),
  };
}

const ratio = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(4));
const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((part / whole) * 100).toFixed(2)} %`);
