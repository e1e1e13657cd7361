/**
 * The metrics InfraFabric keeps about itself in CloudWatch, as data: what writes them and what draws or alarms on them read the
 * same names, units and dimensions here.
 */

/** A unit as CloudWatch spells it. Money is `None`: CloudWatch has no unit for it (API Reference, MetricDatum, Unit, 2026-11). */
export type MetricUnit = 'Seconds' | 'Milliseconds' | 'Count' | 'Percent' | 'None';

/** What a sample is told apart by. Dimension values of `AgentRole` are role names, of `ModelType` the names of the model. */
export type MetricDimension = 'AgentRole' | 'ModelType' | 'SessionId' | 'Region' | 'ErrorType';

/** One metric. */
export interface ProductMetric {
  readonly namespace: 'InfraFabric/Agents' | 'FinOpsAnalyzer';
  readonly unit: MetricUnit;
  readonly describe: string;
  /**
   * The sets under which each sample is recorded. A set of which a dimension has no value for a sample (no model took part)
   * is left out for it; CloudWatch adds nothing up across sets.
   */
  readonly dimensions: readonly (readonly MetricDimension[])[];
  /** The statistic that reads right over a period. */
  readonly statistic: 'Sum' | 'Average' | 'Maximum';
}

const ROLE = [['AgentRole']] as const;
const ROLE_AND_MODEL = [['AgentRole'], ['AgentRole', 'ModelType']] as const;
const ALL_AND_REGION = [[], ['Region']] as const;

/** Every metric by its name. */
export const PRODUCT_METRICS = {
  ExecutionTime: {
    namespace: 'InfraFabric/Agents',
    unit: 'Milliseconds',
    describe: 'Time an agent worked on one task, from lease to result',
    dimensions: ROLE_AND_MODEL,
    statistic: 'Average',
  },
  ErrorRate: {
    namespace: 'InfraFabric/Agents',
    unit: 'Percent',
    describe:
      'One sample a task that ended: 100 when it failed, 0 when it did not; the average over a period is the rate',
    dimensions: ROLE_AND_MODEL,
    statistic: 'Average',
  },
  TokensConsumed: {
    namespace: 'InfraFabric/Agents',
    unit: 'Count',
    describe: 'Tokens of one model call, in and out',
    dimensions: ROLE_AND_MODEL,
    statistic: 'Sum',
  },
  CompletionStatus: {
    namespace: 'InfraFabric/Agents',
    unit: 'None',
    describe: 'One sample a task that ended: 0 success, 1 failure',
    dimensions: ROLE_AND_MODEL,
    statistic: 'Sum',
  },
  CostUsd: {
    namespace: 'InfraFabric/Agents',
    unit: 'None',
    describe: 'USD spent on one model call or one read AWS charges for, as priced by the dated tables',
    dimensions: [[], ...ROLE_AND_MODEL],
    statistic: 'Sum',
  },
  QueueDepth: {
    namespace: 'InfraFabric/Agents',
    unit: 'Count',
    describe: 'Tasks dispatched to a role that have not ended',
    dimensions: ROLE,
    statistic: 'Maximum',
  },
  DeadLetters: {
    namespace: 'InfraFabric/Agents',
    unit: 'Count',
    describe: 'Messages to a role that nobody could deliver or handle; one sample each',
    dimensions: ROLE,
    statistic: 'Sum',
  },
  LastProgressAge: {
    namespace: 'InfraFabric/Agents',
    unit: 'Seconds',
    describe:
      'Time since the session that waits longest last moved on; recorded while a session is open, for the coordinator',
    dimensions: ROLE,
    statistic: 'Maximum',
  },
  AnalysisDuration: {
    namespace: 'FinOpsAnalyzer',
    unit: 'Seconds',
    describe: 'Time from the start of an analysis to its report',
    dimensions: ALL_AND_REGION,
    statistic: 'Average',
  },
  ResourcesAnalyzed: {
    namespace: 'FinOpsAnalyzer',
    unit: 'Count',
    describe: 'Resources an analysis judged',
    dimensions: ALL_AND_REGION,
    statistic: 'Sum',
  },
  RecommendationsGenerated: {
    namespace: 'FinOpsAnalyzer',
    unit: 'Count',
    describe: 'Findings of an analysis',
    dimensions: ALL_AND_REGION,
    statistic: 'Sum',
  },
  MonthlySavings: {
    namespace: 'FinOpsAnalyzer',
    unit: 'None',
    describe: 'USD a month the findings of an analysis save after overlap and discounts',
    dimensions: ALL_AND_REGION,
    statistic: 'Maximum',
  },
  AnnualSavings: {
    namespace: 'FinOpsAnalyzer',
    unit: 'None',
    describe: 'USD a year the findings of an analysis save: twelve times MonthlySavings',
    dimensions: ALL_AND_REGION,
    statistic: 'Maximum',
  },
  Errors: {
    namespace: 'FinOpsAnalyzer',
    unit: 'Count',
    describe: 'One sample an error, by the code that names it',
    dimensions: [[], ['ErrorType'], ['ErrorType', 'Region']],
    statistic: 'Sum',
  },
} as const satisfies Readonly<Record<string, ProductMetric>>;

/** The name of a metric, as CloudWatch knows it. */
export type ProductMetricName = keyof typeof PRODUCT_METRICS;

/**
 * The sets of dimensions of one metric's samples. `bySession` records each sample of `InfraFabric/Agents` once more with its
 * session; every set of values is a metric of its own that CloudWatch charges for, so it is off unless asked for.
 */
export function dimensionSets(name: ProductMetricName, bySession = false): readonly (readonly MetricDimension[])[] {
  const { namespace, dimensions }: ProductMetric = PRODUCT_METRICS[name];
  if (!bySession || namespace !== 'InfraFabric/Agents') return dimensions;
  return [...dimensions, ...dimensions.map((set): readonly MetricDimension[] => [...set, 'SessionId'])];
}
