import type { Claim } from '@infrafabric/protocol';
import type { CommitmentResult } from '../commitments/commitment-result.ts';
import type { DecisionInForce } from '../decisions/decisions-in-force.ts';
import type { Opinions } from '../opinions/read-opinions.ts';
import type { ChallengeResult } from './challenge.ts';
import type { CostFacts } from './cost-facts.ts';
import type { Coverage, Finding } from './finding.ts';
import type { IndexEntry } from './index-entry.ts';
import type { FailedRequest, InputFile } from './input.ts';

/** What a judging task returns: arrays are sorted, so the same evidence gives the same bytes. */
export interface JudgeResult {
  readonly kind: 'judge';
  readonly findings: readonly Finding[];
  readonly claims: readonly Claim[];
  readonly coverage: readonly Coverage[];
}

/** What `collector.index-estate` returns. `unused` counts answers no rule of ours can read, by `client.Operation`. */
export interface IndexResult {
  readonly kind: 'index';
  readonly entries: readonly IndexEntry[];
  readonly accounts: readonly string[];
  readonly unused: readonly { readonly what: string; readonly reason: string; readonly answers: number }[];
  /** What Cost Optimization Hub, Compute Optimizer and Trusted Advisor say; absent when none of them answered. */
  readonly opinions?: Opinions;
}

/**
 * What `collector.collect-live` returns: what AWS answered, already evidence, and where its resources stand in it.
 *
 * Not a function of its input alone: AWS may answer otherwise tomorrow. Everything made from it is.
 */
export interface LiveResult extends Omit<IndexResult, 'kind'> {
  readonly kind: 'live';
  readonly files: readonly InputFile[];
  readonly failed: readonly FailedRequest[];
  /** Spent on paid reads, a decimal string. */
  readonly usd: string;
  readonly calls: number;
  readonly cache_hits: number;
  /** Metrics: series asked, series without any datum, steps, steps with a datum, and the end of the last such step. */
  readonly metrics?: {
    readonly series: number;
    readonly empty: number;
    readonly steps: number;
    readonly data: number;
    readonly data_as_of?: string;
  };
}

/** What `collector.read-bill` returns: facts the judging tasks share. */
export interface BillResult {
  readonly kind: 'bill';
  readonly claims: readonly Claim[];
  readonly accounts: readonly string[];
  readonly costs: readonly CostFacts[];
  /** Sentences a reader must see beside the totals, such as an EffectiveCost column that is not believed. */
  readonly notes: readonly { readonly code: string; readonly detail: string }[];
}

/** What `budget.account` returns: spend, forecast and breach as claims. */
export interface BudgetResult {
  readonly kind: 'budget';
  readonly claims: readonly Claim[];
  readonly notes: readonly { readonly code: string; readonly detail: string }[];
}

/** What `collector.read-decisions` returns: the decisions of people that count on the day of the analysis, by finding id. */
export interface DecisionsResult {
  readonly kind: 'decisions';
  readonly decisions: readonly DecisionInForce[];
}

/** The result of a task: content-addressed, canonical JSON, a pure function of the task's input, evidence and context, but for `live`. */
export type TaskResult =
  | JudgeResult
  | IndexResult
  | LiveResult
  | BillResult
  | BudgetResult
  | DecisionsResult
  | CommitmentResult
  | ChallengeResult;

/** Whether a result lists resources: of an estate directory, or of a live account. */
export const isInventory = (result: TaskResult): result is IndexResult | LiveResult =>
  result.kind === 'index' || result.kind === 'live';

/** The act by which a result is told: the outcome of a challenge, `inform` for all else. */
export const actOf = (result: TaskResult): 'inform' | 'confirm' | 'disconfirm' =>
  result.kind === 'challenge' ? result.outcome : 'inform';
