import { isJsonObject, jsonPointer } from '@infrafabric/protocol';
import type { IndexEntry } from '../model/index-entry.ts';
import { resourceOfArn } from './arn-kinds.ts';
import { canonicalClient } from './catalogue.ts';
import type { Answer } from './index-answer.ts';
import { versionHash } from './version-hash.ts';
import { walk } from './walk.ts';

/**
 * Lists where `resource-groups-tagging-api.GetResources` gives the tags of resources the inventory has a kind for.
 *
 * Empty for every other answer. Source of the shape: botocore resourcegroupstaggingapi model, 2026-11-21.
 */
export function indexTags(answer: Answer): IndexEntry[] {
  if (canonicalClient(answer.client) !== 'resource-groups-tagging-api' || answer.operation !== 'GetResources')
    return [];
  return walk(answer.document, 'ResourceTagMappingList/*').flatMap(({ value, tokens }) => {
    if (!isJsonObject(value) || typeof value['ResourceARN'] !== 'string' || !Array.isArray(value['Tags'])) return [];
    const resource = resourceOfArn(value['ResourceARN']);
    const version = versionHash(value);
    if (resource === undefined || version === undefined) return [];
    const account = resource.account === 'unknown' ? (answer.account ?? 'unknown') : resource.account;
    const place = { evidence: answer.evidence, media_type: 'application/json' as const, pointer: jsonPointer(tokens) };
    return [{ kind: 'tags' as const, ...resource, account, ...place, version, refs: [] }];
  });
}
