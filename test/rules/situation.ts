import {
  type CostFacts,
  type Coverage,
  evaluate,
  type Finding,
  INSTANCE_TYPE_TABLE,
  openTable,
  PRICE_TABLE,
  type Table,
} from '@infrafabric/finops';
import { aPriceTable, anEvidenceId, type anObserved, aSeries } from '@infrafabric/finops/testing';
import type { Claim, JsonObject } from '@infrafabric/protocol';
import { findRule } from '@infrafabric/runtime';
import { LIFECYCLE_TABLE } from '@infrafabric/upgrade';

/** A resource as AWS described it. */
export type Observed = ReturnType<typeof anObserved>;
/** Metrics of a resource. */
export type Series = ReturnType<typeof aSeries>;

/** What a rule is given besides the resource. */
export interface Situation {
  readonly series?: readonly Series[];
  readonly costs?: CostFacts;
  readonly prices?: Table;
  readonly asOf?: string;
}

const tableOf = (document: JsonObject): Table => openTable(document, anEvidenceId(document));
const OURS = {
  prices: tableOf(PRICE_TABLE),
  instanceTypes: tableOf(INSTANCE_TYPE_TABLE),
  lifecycle: tableOf(LIFECYCLE_TABLE),
};

/** One finding with its claims, and how the verdict is counted. */
export interface Judged {
  readonly verdict: string;
  readonly finding: Finding | undefined;
  readonly claim: Claim | undefined;
  readonly claims: readonly Claim[];
  readonly figures: Readonly<Record<string, string>>;
  readonly coverage: Coverage | undefined;
}

/** What one rule says about one resource, as the agents judge it. */
export function judge(
  rule: string,
  of: Observed,
  { series = [], costs, prices, asOf = '2026-11-20' }: Situation = {},
): Judged {
  const resource = {
    resource: of.resource,
    versions: [{ item: of.item, citations: [of.citation] }],
    related: [],
    series,
    ...(costs === undefined ? {} : { costs }),
  };
  const { findings, claims, coverage } = evaluate([findRule(rule)], [resource], {
    ...OURS,
    ...(prices === undefined ? {} : { prices }),
    asOf,
  });
  const [finding] = findings;
  const claim = claims.find((one) => one.id === finding?.claim);
  const figures = Object.fromEntries((claim?.figures ?? []).map((figure) => [figure.name, figure.value]));
  return { verdict: finding?.verdict ?? 'OK', finding, claim, claims, figures, coverage: coverage[0] };
}

/** The same value every hour of some days. */
export const hourly = (days: number, value: number): number[] => Array.from({ length: days * 24 }, () => value);
/** Fourteen days of a metric of the instance. */
export const perEc2 = (metric: string, value: number, stat: 'Maximum' | 'Sum'): Series =>
  aSeries(metric, hourly(14, value), { stat, line: metric.length });
/** Fourteen days of memory in use, percent. */
export const memory = (percent: number): Series =>
  aSeries('mem_used_percent', hourly(14, percent), { namespace: 'CWAgent', stat: 'Maximum', line: 99 });
/** Linux on-demand prices by type. */
export const priced = (price: Readonly<Record<string, string>>, asOf?: string): Table =>
  aPriceTable(
    Object.fromEntries(Object.entries(price).map(([type, usd]) => [`ec2/us-east-1/linux/${type}`, usd])),
    asOf,
  );
