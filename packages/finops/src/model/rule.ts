import type { Citation, Derivation, JsonObject, WorkerRole } from '@infrafabric/protocol';
import type { CostFacts } from './cost-facts.ts';
import type { ActionType, Grade, WaterfallStep } from './finding.ts';
import type { Table } from '../prices/table.ts';
import type { Observed, ResourceType, Series } from './resource.ts';

/** A limit a rule compares with; every number has a parent. */
export interface Threshold {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The values a person may set, both included; without it, by the unit: see `thresholdRange`. */
  readonly range?: readonly [min: number, max: number];
  /** Page, section or code of the source, and when it was read. */
  readonly source: string;
}

/** A price, a specification or a date from one of our dated tables, and where it stands in the table. */
export interface Entry {
  readonly value: JsonObject;
  readonly citation: Citation;
}

/**
 * What a rule may look at: everything is evidence with a citation, nothing is fetched.
 *
 * `related(type)` are the resources of that type the subject points to or is pointed to by; `series` are its metrics.
 * `price`, `instanceType` and `lifecycle` answer `undefined` when the table has no sourced entry: then the verdict is UNKNOWN.
 */
export interface Subject extends Observed {
  /** Every description of the resource, the judged one among them: some say only a part, such as the names of its members. */
  readonly descriptions: readonly Observed[];
  readonly related: (type: ResourceType) => readonly Observed[];
  readonly series: readonly Series[];
  /** Entry of the price table for a key such as `ec2/us-east-1/linux/m5.large`. */
  readonly price: Table;
  /** Entry of the instance type table for a name such as `m5.large`. */
  readonly instanceType: Table;
  /** Entry of the life-cycle table for a key such as `amazon-eks/1.31`. */
  readonly lifecycle: Table;
  /** The only date judgement sees, YYYY-MM-DD. */
  readonly asOf: string;
  /** What the bill says about the resource; absent when the bill does not cover it. */
  readonly costs?: CostFacts;
  /** Thresholds set by configuration, by threshold name. */
  readonly settings: Readonly<Record<string, number>>;
}

/** A figure a rule asks for: the framework runs the derivation over the cited values and puts the result in the claim. */
export interface FigureRequest {
  readonly name: string;
  readonly unit: string;
  readonly derivation: Derivation;
  readonly params: JsonObject;
  readonly citations: readonly Citation[];
}

/** What a rule says about one resource. A verdict is never guessed: what cannot be known is UNKNOWN with its reason. */
export type Verdict =
  | { readonly verdict: 'OK' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: UnknownReason; readonly detail: string }
  | {
      readonly verdict: 'FINDING';
      /** One sentence; `{name}` is replaced by the figure of that name with its unit. */
      readonly statement: string;
      /** Figures besides the savings. */
      readonly figures: readonly FigureRequest[];
      /** Monthly list cost of what the saving applies to, and the monthly list saving; absent = advice without dollars. */
      readonly listCost?: FigureRequest;
      readonly listSaving?: FigureRequest;
      /**
       * The saving is a charge of its own on top of the resource's price, such as extended support: no commitment covers it
       * and no discount of the resource scales it, so on a bill it is worth itself, at most the billed cost.
       */
      readonly isSurcharge?: boolean;
      /** Why there is no saving although the waste is certain: the finding stands, outside the totals. */
      readonly savingsUnknown?: { readonly reason: 'NO_PRICE'; readonly detail: string };
      readonly citations: readonly Citation[];
      readonly confidence: string;
      readonly severity?: number;
      /** How much work this finding takes, where it is not that of the rule. */
      readonly effort?: Grade;
      /** Where this finding stands in the waterfall, where it is not at the step of the rule: a move that is two moves in one. */
      readonly step?: WaterfallStep;
      /** What the resource is to become, such as `{instance_type: 'm6g.large'}`: what command lines of the action plan fill in. */
      readonly target?: Readonly<Record<string, string>>;
    };

/** Why a verdict is UNKNOWN. */
export type UnknownReason =
  | 'NO_METRICS'
  | 'METRICS_INCOMPLETE'
  | 'NO_PRICE'
  | 'NO_LIFECYCLE'
  | 'NO_SPECIFICATION'
  | 'FIELD_MISSING'
  | 'NOT_COLLECTED'
  | 'ACCESS_DENIED'
  | 'CONFLICTING_EVIDENCE'
  | 'RULE_ERROR';

/** One check on one kind of resource. Its id is its path: `ebs/gp2-to-gp3.ts` is `ebs-gp2-to-gp3`, permanent, never reused. */
export interface Rule {
  readonly id: string;
  /** The number of the same check in the method catalogue, such as `EBS-04`. */
  readonly ref: string;
  readonly role: WorkerRole;
  readonly service: string;
  readonly title: string;
  readonly appliesTo: ResourceType;
  /** Kinds of resource the rule reads besides its subject; the planner hands them over when they are linked. */
  readonly reads: readonly ResourceType[];
  readonly actionType: ActionType;
  readonly step: WaterfallStep;
  readonly severity: number;
  readonly effort: Grade;
  readonly risk: Grade;
  readonly restartNeeded: boolean;
  readonly rollbackPossible: boolean;
  /** What it reads: fields by operation, metrics with their statistic, prices. */
  readonly inputs: readonly string[];
  /** How the saving is computed, or why none is. */
  readonly formula: string;
  /** What a person does about a finding, in order. */
  readonly implementation: readonly string[];
  /** How to go back, or why that is not possible. */
  readonly rollback: string;
  /** The AWS page about the change. */
  readonly documentation: string;
  readonly thresholds: readonly Threshold[];
  readonly sources: readonly string[];
  /** Every derivation the rule's figures use, so that `verify` can find them. */
  readonly derivations: readonly Derivation[];
  readonly judge: (subject: Subject) => Verdict;
}

/** States a rule; the identity function that gives it its type. */
export const defineRule = (rule: Rule): Rule => rule;
