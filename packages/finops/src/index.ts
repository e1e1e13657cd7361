export type { CostFacts } from './model/cost-facts.ts';
export { WATERFALL_STEPS } from './model/finding.ts';
export type { ActionType, Coverage, Finding, Grade, Savings, WaterfallStep } from './model/finding.ts';
export type { Gap, Gathered, GatheredResult } from './model/gathered.ts';
export type { IndexEntry } from './model/index-entry.ts';
export type { FailedRequest, InputFile, InputManifest } from './model/input.ts';
export { RESOURCE_TYPES, resourceKey } from './model/resource.ts';
export type { Observed, ResourceRef, ResourceType, Series } from './model/resource.ts';
export type { BillResult, BudgetResult, IndexResult, JudgeResult, TaskResult } from './model/result.ts';
export { defineRule } from './model/rule.ts';
export type { Entry, FigureRequest, Rule, Subject, Threshold, UnknownReason, Verdict } from './model/rule.ts';
export { FinopsError } from './errors.ts';
export type { FinopsErrorCode } from './errors.ts';
export {
  DAYS_PER_MONTH,
  Decimal,
  HOURS_PER_MONTH,
  citedDecimal,
  citedValue,
  formatDecimal,
  formatUsd,
  parseDecimal,
  perMonth,
  sum,
} from './money.ts';
export { openTable, usdOf } from './prices/table.ts';
export type { PriceEntry, Table } from './prices/table.ts';
export { CLIENT_ALIASES, SHAPES, canonicalClient } from './inventory/catalogue.ts';
export { indexAnswer } from './inventory/index-answer.ts';
export type { Answer, Indexed } from './inventory/index-answer.ts';
export { indexMetricsChunk, readSeries } from './inventory/index-metrics.ts';
export type { MetricsChunk } from './inventory/index-metrics.ts';
export type { Place, SubjectPlaces, WorkList } from './model/work-list.ts';
export { FINOPS_DERIVATIONS } from './derivations.ts';
export { evaluate } from './evaluate.ts';
export { citeFigure } from './figure-citation.ts';
export { displayFigure } from './figures.ts';
export type { JudgeContext, JudgedResource } from './judge-subject.ts';
export { hasEnded } from './life-state.ts';
export { PRICE_STALE_AFTER_DAYS, isPriceStale, priceAgeDays } from './prices/price-age.ts';
export { priorityOf } from './priority.ts';
export type { Priority } from './priority.ts';
export { findingKey, removeOverlap, resourceCap, sumUsd } from './savings/waterfall.ts';
export type { NetOfOverlap, NetSaving } from './savings/waterfall.ts';
