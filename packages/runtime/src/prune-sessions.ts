import { isSessionOver, type SessionId } from '@infrafabric/protocol';
import { pruneSession, type PrunedSession } from '@infrafabric/store';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { withFabric } from './fabric.ts';

/** What is asked of a pruning. */
export interface PruneOptions {
  /** Sessions that ended more than so many days ago. */
  readonly olderThanDays: number;
  /** Nothing is deleted. */
  readonly dryRun: boolean;
}

/** A session that was deleted, or would have been; counts are 0 for one that would. */
export interface Pruned extends PrunedSession {
  readonly session_id: SessionId;
  readonly state: string;
  readonly ended_at: string;
}

const DAY_MS = 86_400_000;

/**
 * Deletes the state and the work of sessions that ended long ago from the store of this machine. One that is not over is never
 * touched, however old; reports and evidence stay.
 *
 * @throws RuntimeError `CONFIG_INVALID` in mode aws, where the bucket's life cycle does it.
 */
export async function pruneSessions(config: Config, { olderThanDays, dryRun }: PruneOptions): Promise<Pruned[]> {
  if (config.mode === 'aws') throw refusedOnAws();
  return withFabric(config, async ({ state, clients, addresses, clock }) => {
    const before = clock.nowMs() - olderThanDays * DAY_MS;
    const { tableName: table, bucketName: bucket } = addresses;
    const options = { dynamodb: clients.dynamodb, table, s3: clients.s3, bucket, tenant: config.tenant };
    const pruned: Pruned[] = [];
    for (const { session_id, state: now, created_at_ms, ended_at_ms = created_at_ms } of await state.sessions()) {
      if (!isSessionOver(now) || ended_at_ms >= before) continue;
      const deleted = dryRun ? { objects: 0, items: 0 } : await pruneSession(session_id, options);
      pruned.push({ session_id, state: now, ended_at: new Date(ended_at_ms).toISOString(), ...deleted });
    }
    return pruned;
  });
}

function refusedOnAws(): RuntimeError {
  return new RuntimeError('CONFIG_INVALID', {
    message:
      'expected the store of this machine, got mode aws: there the life cycle of the bucket ends the work of sessions',
    where: 'INFRAFABRIC_MODE',
    fix: 'choose sessionDays when you deploy',
  });
}
