import type { IndexEntry } from '../model/index-entry.ts';
import { knownAs } from './compare-opinions.ts';

/**
 * The ids of Elastic IPs by their address: Trusted Advisor names the address, EC2 the allocation.
 *
 * An address that two descriptions give to different allocations names neither. Only what is said of an Elastic IP is looked
 * up here, so that the other ids an allocation points to do no harm, and handles that stand for addresses work as well.
 */
export function addressNames(entries: readonly IndexEntry[]): ReadonlyMap<string, string> {
  const named = entries
    .filter(({ type }) => type === 'ElasticIp')
    .flatMap(({ id, refs }) => refs.map((ref): [string, string] => [ref, id]));
  return new Map(
    [...Map.groupBy(named, ([address]) => address)].flatMap(([address, pairs]): [string, string][] => {
      const [id, ...others] = new Set(pairs.map(([, of]) => of));
      return id === undefined || others.length > 0 ? [] : [[knownAs({ type: 'ElasticIp', id: address }), id]];
    }),
  );
}
