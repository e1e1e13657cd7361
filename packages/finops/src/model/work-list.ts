import type { EvidenceId, MediaType } from '@infrafabric/protocol';
import type { ChallengeOrder } from './challenge.ts';
import type { CostFacts } from './cost-facts.ts';
import type { DeniedType, InputFile } from './input.ts';
import type { ResourceRef, ResourceType } from './resource.ts';

/** Where one description of something stands. */
export interface Place {
  readonly evidence: EvidenceId;
  readonly media_type: MediaType;
  readonly pointer: string;
}

/** A resource to judge: every distinct description of it, what it is linked to, its metrics and its cost. */
export interface SubjectPlaces {
  readonly resource: ResourceRef;
  /** Descriptions by version (hash of the item); places of one version say the same thing. */
  readonly versions: readonly { readonly version: string; readonly places: readonly Place[] }[];
  readonly related: readonly { readonly type: ResourceType; readonly resource: ResourceRef; readonly place: Place }[];
  readonly series: readonly Place[];
  /** Where the tagging API lists its tags; absent when it does not. */
  readonly tags?: readonly Place[];
  readonly costs?: CostFacts;
}

/** The input blob of a task, by task type. */
export type WorkList =
  | {
      readonly kind: 'collect-live';
      readonly account: string;
      readonly region: string;
      readonly today: string;
      readonly days: number;
      /** False: Cost Explorer is not asked. */
      readonly cost?: boolean;
    }
  | { readonly kind: 'index-estate'; readonly files: readonly InputFile[] }
  | { readonly kind: 'read-decisions'; readonly files: readonly InputFile[] }
  | { readonly kind: 'read-bill'; readonly files: readonly InputFile[] }
  | { readonly kind: 'commitments'; readonly files: readonly InputFile[] }
  | ({ readonly kind: 'challenge'; readonly files: readonly InputFile[] } & ChallengeOrder)
  | {
      readonly kind: 'judge';
      readonly subjects: readonly SubjectPlaces[];
      /** Kinds of resource of this region that could not be listed, or are read beside the subjects. */
      readonly denied?: readonly DeniedType[];
    }
  | {
      readonly kind: 'account';
      readonly files: readonly InputFile[];
      readonly budgets: readonly InputFile[];
      readonly decisions: readonly InputFile[];
    };
