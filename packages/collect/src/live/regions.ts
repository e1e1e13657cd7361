import { isJsonObject } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { type AskPorts, askAllPages } from './asker.ts';
import { failureError } from './aws-failure.ts';
import { describeRegions } from './own-reads.ts';

/**
 * The regions to collect, sorted: the enabled ones of the account, or the named ones.
 *
 * @throws CollectError `AWS_REGION` for a name the account does not have enabled; the code of a DescribeRegions that failed.
 */
export async function regionsOf(
  account: string,
  wanted: readonly string[] | 'all',
  ports: AskPorts,
): Promise<string[]> {
  const asked = await askAllPages(describeRegions, { account, region: 'us-east-1', input: {} }, ports);
  if (asked.failed !== undefined) throw failureError(asked.failed.failure, describeRegions);
  const enabled = asked.pages.flatMap(({ answer }) => regionNames(answer['Regions']));
  if (wanted === 'all') return enabled.sort();
  const unknown = wanted.find((region) => !enabled.includes(region));
  if (unknown !== undefined || wanted.length === 0) throw notEnabled(unknown ?? '', enabled);
  return [...new Set(wanted)].sort();
}

function regionNames(regions: unknown): string[] {
  return (Array.isArray(regions) ? regions : []).flatMap((region) => {
    const name: unknown = isJsonObject(region) ? region['RegionName'] : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function notEnabled(region: string, enabled: readonly string[]): CollectError {
  return new CollectError('AWS_REGION', {
    message: `expected regions the account has enabled, got ${region === '' ? 'none' : region}`,
    where: '--regions',
    fix: `name some of ${enabled.join(', ')}, or all`,
  });
}
