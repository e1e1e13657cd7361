export { actionPlan, PLAN_TIMES } from './action-plan/action-plan.ts';
export type { ActionPlan, PlanItem, PlanStep, PlanTime } from './action-plan/action-plan.ts';
export { ACTION_TEMPLATES } from './action-plan/templates.ts';
export { blockText } from './action-plan/action-template.ts';
export type { CommandBlock } from './action-plan/action-template.ts';
export { BILL_DERIVATIONS } from './bill/derivations.ts';
export { billColumns, columnOf } from './bill/bill-columns.ts';
export type { BillColumns } from './bill/bill-columns.ts';
export { BILL_FORMATS, billFormat, curName } from './bill/bill-format.ts';
export type { BillFormat } from './bill/bill-format.ts';
export { billResult } from './bill/bill-result.ts';
export type { BillQuestion } from './bill/bill-result.ts';
export { COST_COLUMNS, billOf, billTable } from './bill/bill-table.ts';
export type { BillTable, CostColumn } from './bill/bill-table.ts';
export { billCitations, billEvidence } from './bill/cited-bill.ts';
export type { CitedBill, ExchangeRate, ExchangeRates } from './bill/cited-bill.ts';
export { dateReader } from './bill/date-reader.ts';
export type { DateReader } from './bill/date-reader.ts';
export { isAbsentCell, tableView } from './bill/line-view.ts';
export type { CellOf, LineView } from './bill/line-view.ts';
export { MERGED_COLUMNS } from './bill/merged-columns.ts';
export { RECONCILIATION_TOPIC } from './bill/reconciliation.ts';
export { BILL_DATE_RANGE, DAY_MS, parseBillInstant } from './bill/charge-instant.ts';
export { billAccounts } from './bill/coverage.ts';
export { formatScaled, parseBillDecimal } from './bill/decimal-column.ts';
export { effectiveCostTrust } from './bill/effective-cost-trust.ts';
export type { EffectiveCostTrust } from './bill/effective-cost-trust.ts';
export { costIndex } from './bill/resource-join.ts';
export type { CostIndex } from './bill/resource-join.ts';
export { accountSpend } from './budget/account-spend.ts';
export { awsBudgetResult, awsPerformanceResult } from './budget/aws/budget-claims.ts';
export type { BudgetAnswer } from './budget/aws/budget-claims.ts';
export { isBudgetAnswer } from './budget/aws/budget-answers.ts';
export type { SpendQuestion, SpendResult } from './budget/account-spend.ts';
export { spendCourse } from './spend/spend-course.ts';
export { answerClaims } from './spend/question/answer-claims.ts';
export { INTENTS } from './spend/question/intents.ts';
export { questionOf } from './spend/question/question-of.ts';
export { routeQuestion } from './spend/question/route.ts';
export type { Route } from './spend/question/route.ts';
export { GROUPING_WORDS } from './spend/groupings.ts';
export { decisionsInForce, isSuppressing } from './decisions/decisions-in-force.ts';
export { realisedResult } from './decisions/realised-claims.ts';
export type { DecisionInForce } from './decisions/decisions-in-force.ts';
export { dailyCosts } from './history/daily-costs.ts';
export {
  type Challenge,
  challengesOf,
  isChallenge,
  MOST_CHALLENGED,
  MOST_LOOKED_AT,
  NO_SECOND_ROAD,
  TOLERANCE_PERCENT,
  type Unchallengeable,
} from './challenges/challenge.ts';
export { challengeResult } from './challenges/challenge-result.ts';
export type { ChallengeOrder, ChallengeResult } from './model/challenge.ts';
export { lowered } from './challenges/lowered.ts';
export { CHALLENGED, refuseSameRoad } from './challenges/second-road.ts';
export { commitmentAdvice, STEPS_OF_USE } from './commitments/advice.ts';
export type { CommitmentAdvice, CommitmentOption, UnknownTerms } from './commitments/advice.ts';
export { commitmentResult } from './commitments/commitment-result.ts';
export type { CommitmentResult } from './commitments/commitment-result.ts';
export type { HeldCommitment } from './commitments/held.ts';
export type { AdvisedPurchase } from './commitments/purchase-claim.ts';
export { PAYMENTS, PLANS, reservedPriceKey } from './commitments/terms.ts';
export { COMMITMENT_SETS } from './commitments/what-runs.ts';
export type { CostFacts } from './model/cost-facts.ts';
export { ANY_RESOURCE, Decision, DecisionDocument, FindingId, findingId, findingIdOf } from './model/decision.ts';
export { WATERFALL_STEPS } from './model/finding.ts';
export type { ActionType, Coverage, Finding, Grade, Savings, WaterfallStep } from './model/finding.ts';
export { wholeManifest } from './model/gathered.ts';
export type { Gap, Gathered, GatheredResult } from './model/gathered.ts';
export type { IndexEntry } from './model/index-entry.ts';
export type { DeniedType, FailedRequest, InputFile, InputManifest, LivePlan } from './model/input.ts';
export { RESOURCE_TYPES, resourceKey } from './model/resource.ts';
export type { Observed, ResourceRef, ResourceType, Series } from './model/resource.ts';
export { actOf, isInventory } from './model/result.ts';
export type {
  BillResult,
  BudgetResult,
  DecisionsResult,
  IndexResult,
  JudgeResult,
  LiveResult,
  TaskResult,
} from './model/result.ts';
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
export type { PriceEntry, PriceEntryDetails, Table } from './prices/table.ts';
export { newestPrices, pricesUntil } from './prices/newest-prices.ts';
export { priceFacts } from './prices/price-facts.ts';
export type { PriceFacts } from './prices/price-facts.ts';
export { entriesUsed, quote } from './prices/quote.ts';
export type { PricedComponent, Quote } from './prices/quote.ts';
export type { PricedPart } from './prices/tiers.ts';
export { meter, meterIfUsed } from './prices/usage.ts';
export type { Amount, Usage } from './prices/usage.ts';
export { cloudwatch } from './prices/things/cloudwatch.ts';
export type { CloudwatchUse } from './prices/things/cloudwatch.ts';
export { eksCluster, fargateTasks } from './prices/things/containers.ts';
export type { FargateTasks } from './prices/things/containers.ts';
export { dynamodbTable } from './prices/things/dynamodb.ts';
export type { DynamodbTable } from './prices/things/dynamodb.ts';
export { ebsSnapshot, ebsVolume, fastSnapshotRestore } from './prices/things/ebs.ts';
export type { EbsType, EbsVolume } from './prices/things/ebs.ts';
export { ec2Instance, ec2Reserved } from './prices/things/ec2.ts';
export type { Ec2Instance, Ec2Os, ReservedTerms } from './prices/things/ec2.ts';
export { lambdaEdge, lambdaFunction } from './prices/things/lambda.ts';
export type { LambdaFunction } from './prices/things/lambda.ts';
export { dataTransfer, loadBalancer, natGateway, publicIpv4, vpcEndpoint } from './prices/things/network.ts';
export type { DataTransfer, LoadBalancer } from './prices/things/network.ts';
export { auroraServerless, auroraStorage, rdsInstance, rdsStorage } from './prices/things/rds.ts';
export type { AuroraStorage, RdsInstance, RdsStorage } from './prices/things/rds.ts';
export { s3Bucket } from './prices/things/s3.ts';
export type { S3Class, S3Usage } from './prices/things/s3.ts';
export { sagemakerInstances, sagemakerServerless } from './prices/things/sagemaker.ts';
export type { SagemakerInstances } from './prices/things/sagemaker.ts';
export { CLIENT_ALIASES, SHAPES, canonicalClient } from './inventory/catalogue.ts';
export { indexAnswer } from './inventory/index-answer.ts';
export type { Answer, Indexed } from './inventory/index-answer.ts';
export { indexTags } from './inventory/index-tags.ts';
export { indexMetricsChunk, readSeries } from './inventory/index-metrics.ts';
export type { MetricsChunk } from './inventory/index-metrics.ts';
export { textsAt, valuesAt } from './inventory/walk.ts';
export type { Place, SubjectPlaces, WorkList } from './model/work-list.ts';
export { FINOPS_DERIVATIONS } from './derivations.ts';
export { deniedTypes, policyLine } from './denied.ts';
export { fitsTags, IGNORE_TAG, readExclusion } from './controls/exclusion.ts';
export type { ChangedThreshold } from './controls/thresholds.ts';
export { HEADLINE_CONFIDENCE, isConfident } from './savings/headline.ts';
export { leftOutClaim } from './savings/left-out.ts';
export { ADVISOR_CHECKS } from './opinions/advisor-opinions.ts';
export { addressNames } from './opinions/address-names.ts';
export { compareOpinions, knownAs, OPINION_REASONS } from './opinions/compare-opinions.ts';
export type { SecondOpinion } from './opinions/compare-opinions.ts';
export { readOpinions } from './opinions/read-opinions.ts';
export type { Opinions } from './opinions/read-opinions.ts';
export {
  RIGHTSIZING_PRESET_NAMES,
  type RightsizingPreset,
  changedPreset,
  presetSettings,
} from './rightsizing/presets.ts';
export { changedThresholds, readThreshold, thresholdRange } from './controls/thresholds.ts';
export { evaluate } from './evaluate.ts';
export { FAILURE_ADVICE, isFailureCode, isGap } from './failure-advice.ts';
export type { FailureCode } from './failure-advice.ts';
export { citeFigure } from './figure-citation.ts';
export { displayFigure } from './figures.ts';
export type { JudgeContext, JudgedResource } from './judge-subject.ts';
export { hasEnded } from './life-state.ts';
export { lintRules } from './lint/rule-lint.ts';
export type { RuleDefect } from './lint/rule-lint.ts';
export { PRICE_STALE_AFTER_DAYS, isPriceStale, priceAgeDays } from './prices/price-age.ts';
export { PRIORITY_FORMULA, priorityOf } from './priority.ts';
export type { Priority } from './priority.ts';
export { WASTE_MEANING, wasteClaim } from './savings/waste.ts';
export { findingKey, removeOverlap } from './savings/waterfall.ts';
export type { NetOfOverlap, NetSaving } from './savings/waterfall.ts';
export { INSTANCE_TYPE_TABLE, PRICE_TABLE } from './prices/dated-tables.ts';
export { CATEGORIES, SERVICES, SERVICE_CATEGORIES, SERVICE_SOURCES } from './services/service-catalogue.ts';
export type { Category, Service } from './services/service-catalogue.ts';
export { findService } from './services/service-lookup.ts';
export { rulesOf } from './services/service-rules.ts';
export { FINOPS_RULES } from './rules/catalogue.ts';
export { environmentWordsOf } from './rules/reading/environment.ts';
