import type { LiveResult, WorkList } from '@infrafabric/finops';
import type { Desk } from '../desk.ts';
import { AgentError } from '../errors.ts';
import { indexEstate } from './index-estate.ts';

/**
 * Reads one place of an account through the desk, then says where everything stands in what AWS answered.
 *
 * @throws AgentError `LIVE_UNAVAILABLE` when this worker has no way to AWS.
 */
export async function collectLive(
  place: Extract<WorkList, { kind: 'collect-live' }>,
  desk: Desk,
  signal: AbortSignal,
): Promise<LiveResult> {
  if (desk.live === undefined) {
    throw new AgentError('LIVE_UNAVAILABLE', {
      message: 'this worker has no way to read an AWS account',
      fix: 'start the collector with the configuration of the door: same profile, role and regions',
    });
  }
  const { files, failed, usd, calls, cacheHits, coverage } = await desk.live(place, signal);
  const { kind: _, ...index } = await indexEstate(
    files.filter((file) => file.kind !== 'requests'),
    desk,
  );
  const metrics = coverage === undefined ? {} : { metrics: coverage };
  return { kind: 'live', ...index, files, failed, usd, calls, cache_hits: cacheHits, ...metrics };
}
