import type { Claim } from '@infrafabric/protocol';
import type { CostFacts } from './cost-facts.ts';
import type { Coverage, Finding } from './finding.ts';
import type { IndexEntry } from './index-entry.ts';

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

/** The result of a task: content-addressed, canonical JSON, a pure function of the task's input, evidence and context. */
export type TaskResult = JudgeResult | IndexResult | BillResult | BudgetResult;
