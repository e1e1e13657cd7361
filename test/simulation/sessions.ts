import { MAX_ATTEMPTS } from '@infrafabric/agents';
import type { HistoryKey } from '@infrafabric/history-checker';
import { canonicalBytes, type SessionId, type TrustedKey } from '@infrafabric/protocol';
import { sessionRecord } from '@infrafabric/store/testing';
import { type Estate, estateOf } from './estate.ts';
import { MARKER } from './marker.ts';
import { type Scenario, TOLERATED_SKEW_MS } from './scenario.ts';
import type { World } from './world.ts';

/**
 * A session is over at the latest this long after its deadline: the grace of a sweeper and two sweeps. Where sweepers die every
 * 10 s, a sweep that gets through takes longer to come.
 */
export const graceOf = ({ intensity }: Scenario): number => (intensity > LIMIT ? 1_800_000 : 420_000);

/** Above this intensity whoever sweeps dies so often that a session may be over half an hour late. */
const LIMIT = 1;

/** Intensity up to which no work is lost to a deadline (I19): at 1, four of the seeds 1 to 10,000 lose some. */
const NO_LOSS_LIMIT = 0.3;

/** Creates the sessions of a world, with their evidence. */
export async function openSessions(world: World): Promise<Estate[]> {
  const { scenario, chance, swarm, clock, state, record } = world;
  record({
    kind: 'world',
    format: 1,
    scope: 'full',
    name: `seed ${scenario.seed}`,
    keys: [...swarm.trust.keys.values()].map(keyOf),
    signatures: 'ed25519',
    max_attempts: MAX_ATTEMPTS,
    max_skew_ms: scenario.skewMs,
    grace_ms: graceOf(scenario),
    within_limits: scenario.intensity <= NO_LOSS_LIMIT && scenario.skewMs <= TOLERATED_SKEW_MS,
    markers: [MARKER],
    secrets: [],
  });
  const estates: Estate[] = [];
  for (let n = 0; n < scenario.sessions; n += 1) {
    const estate = estateOf(scenario, `s-${chance.uuid('session', '7')}`);
    const inputs = [canonicalBytes(estate.manifest), ...estate.evidence];
    const [manifest] = await Promise.all(inputs.map(async (bytes) => keepInput(bytes, estate.session, world)));
    const created = sessionRecord({
      session_id: estate.session,
      request: { ...sessionRecord().request, inputs: manifest ?? '', roles: [...scenario.roles] },
      created_at_ms: Math.floor(clock.nowMs()),
      deadline_ms: Math.floor(clock.nowMs()) + scenario.deadlineMs,
      fence: 0,
    });
    await state.createSession(created);
    record({
      kind: 'write',
      by: 'person',
      table: 'session',
      op: 'create',
      outcome: 'applied',
      session: estate.session,
      after: created,
    });
    estates.push(estate);
  }
  return estates;
}

async function keepInput(bytes: Uint8Array, session: SessionId, { blobs, record }: World): Promise<string> {
  const { id } = await blobs.put(bytes);
  record({ kind: 'blob', by: 'person', session, id, text: new TextDecoder().decode(bytes) });
  return id;
}

const keyOf = ({ key_id, public_key, subject, roles, not_before, not_after }: TrustedKey): HistoryKey => ({
  key_id,
  public_key,
  subject,
  roles,
  not_before,
  not_after,
});
