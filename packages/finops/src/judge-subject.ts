import type { Citation, Claim, JsonObject } from '@infrafabric/protocol';
import type { Exclusion } from './controls/exclusion.ts';
import { settingsFor, type ThresholdSettings } from './controls/thresholds.ts';
import type { CostFacts } from './model/cost-facts.ts';
import type { Finding } from './model/finding.ts';
import type { DeniedType } from './model/input.ts';
import type { Observed, ResourceRef, Series } from './model/resource.ts';
import type { Entry, Rule, Subject } from './model/rule.ts';
import type { Table } from './prices/table.ts';

/** A resource to judge, with every description of it; `versions` of equal content count as one. */
export interface JudgedResource {
  readonly resource: ResourceRef;
  /** Each description with all places that give it word for word. */
  readonly versions: readonly { readonly item: JsonObject; readonly citations: readonly Citation[] }[];
  readonly related: readonly Observed[];
  readonly series: readonly Series[];
  /** Its tags as the tagging API lists them, besides those in its descriptions. */
  readonly tags?: readonly { readonly item: JsonObject; readonly citations: readonly Citation[] }[];
  /** What the bill says about it; absent when the bill does not cover it. */
  readonly costs?: CostFacts;
}

/** The tables and the date judgement stands on. */
export interface JudgeContext {
  readonly prices: Table;
  readonly instanceTypes: Table;
  readonly lifecycle: Table;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Kinds of resource AWS did not let us see; default none. */
  readonly denied?: readonly DeniedType[];
  /** Thresholds set by configuration: by name, or by `<rule>.<name>` for one rule. */
  readonly settings?: ThresholdSettings;
  /** Expressions on tags whose resources are set aside. */
  readonly exclude?: readonly Exclusion[];
}

/** What one rule says about one resource, all versions considered; claims only with a finding or a conflict. */
export type Judged =
  | { readonly verdict: 'OK' }
  | { readonly verdict: 'FINDING' | 'UNKNOWN'; readonly finding: Finding; readonly claims: readonly Claim[] };

/** One description of a resource with the rest of what a rule may look at. */
export function subjectOf(rule: Rule, resource: JudgedResource, observed: Observed, context: JudgeContext): Subject {
  const related = Map.groupBy(resource.related.toSorted(byPlace), (one) => one.resource.type);
  return {
    ...observed,
    descriptions: descriptionsOf(resource),
    related: (type) => related.get(type) ?? [],
    series: resource.series,
    price: context.prices,
    instanceType: context.instanceTypes,
    lifecycle: context.lifecycle,
    asOf: context.asOf,
    ...(resource.costs === undefined ? {} : { costs: resource.costs }),
    settings: settingsFor(rule, context.settings ?? {}),
  };
}

/** Every description of a resource, each under the first place that gives it. */
export const descriptionsOf = ({ resource, versions }: JudgedResource): Observed[] =>
  versions.flatMap(({ item, citations: [citation] }) => (citation === undefined ? [] : [{ resource, item, citation }]));

/** The order of citations: by evidence, then by pointer. */
export const compareCitations = (a: Citation, b: Citation): number =>
  `${a.evidence}#${a.pointer}` < `${b.evidence}#${b.pointer}` ? -1 : 1;

const byPlace = (a: { citation: Citation }, b: { citation: Citation }): number =>
  compareCitations(a.citation, b.citation);

/** Whether an entry is among citations. */
export const isCited = (entry: Entry, citations: readonly Citation[]): boolean =>
  citations.some((one) => one.evidence === entry.citation.evidence && one.pointer.startsWith(entry.citation.pointer));

/** What every finding of a rule on a resource says before its verdict. */
export const findingHead = (
  rule: Rule,
  resource: ResourceRef,
): Pick<Finding, 'rule' | 'ref' | 'role' | 'service' | 'resource'> => ({
  rule: rule.id,
  ref: rule.ref,
  role: rule.role,
  service: rule.service,
  resource,
});
