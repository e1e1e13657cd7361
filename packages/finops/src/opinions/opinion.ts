import type { ClaimId } from '@infrafabric/protocol';
import type { ActionType } from '../model/finding.ts';
import type { ResourceType } from '../model/resource.ts';

/** Who at AWS says so. */
export type OpinionSource = 'CostOptimizationHub' | 'ComputeOptimizer' | 'TrustedAdvisor';

/** What an AWS service says about one resource, in our words, with the claim that cites where it says so. */
export interface Opinion {
  readonly source: OpinionSource;
  readonly account: string;
  readonly region: string;
  /** A `ResourceType` of ours when we know the kind, else as AWS spells it. */
  readonly type: string;
  readonly id: string;
  /** What it advises, as actions of ours that would be the same; none when it says that all is well or that more is needed. */
  readonly actions: readonly ActionType[];
  /** Its own word: an action, a finding or the title of a check. */
  readonly says: string;
  /** Figures `aws_saving`, `aws_cost`, `aws_percent` where it states them. */
  readonly claim: ClaimId;
  /** Why the percentage it states does not follow from the amounts it states. */
  readonly flag?: string;
}

/** That an AWS service was asked about a kind of resource; `region` is `any` for a service that answers for all. */
export interface Asked {
  readonly source: OpinionSource;
  readonly account: string;
  readonly region: string;
  /** `any` for a service that answers for all kinds. */
  readonly type: ResourceType | 'any';
}
