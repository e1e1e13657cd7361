import type { EvidenceId, MediaType } from '@infrafabric/protocol';
import type { ResourceType } from './resource.ts';

/**
 * One line of the inventory index a collector makes: where a resource (or a metric series) stands, without its content.
 *
 * `refs` are the ids it points to (the instance of a volume, the dimension values of a series); the planner hands a task
 * the entries its resources point to and are pointed to by. `version` is the sha256 (hex) of the item's canonical JSON, or of
 * the line of a series as it stands: two entries of one key with one version are two citations of one fact.
 */
export interface IndexEntry {
  /** `tags`: not a description of the resource, only its tags as the tagging API lists them. */
  readonly kind: 'resource' | 'series' | 'tags';
  readonly type: ResourceType | 'Series';
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly name?: string;
  readonly evidence: EvidenceId;
  readonly media_type: MediaType;
  readonly pointer: string;
  readonly version: string;
  readonly refs: readonly string[];
}
