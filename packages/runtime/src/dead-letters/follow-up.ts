import { isSessionOver, SessionId, type SessionRecord, sha256Hex } from '@infrafabric/protocol';
import { s3Claims } from '@infrafabric/store';
import { newSessionId } from '../analyze.ts';
import { RuntimeError } from '../errors.ts';
import type { Fabric } from '../fabric.ts';

/**
 * The session that does again what a session that is over could not: over the same request, evidence reused. There is one at a
 * time: asked for again, the one that is not over yet, or that was done, is answered; one that ended otherwise is followed by another.
 *
 * @throws RuntimeError `SESSION_RUNNING` while the session is not over.
 */
export async function followUp(fabric: Fabric, session: SessionRecord): Promise<SessionRecord> {
  if (!isSessionOver(session.state)) throw running(session);
  const { s3: client } = fabric.clients;
  const claims = s3Claims({ client, bucket: fabric.addresses.bucketName, tenant: fabric.config.tenant });
  for (let number = 1; ; number += 1) {
    const name = sha256Hex(`redrive\n${session.session_id}\n${number}`);
    const id = SessionId.parse(await claims.claim(name, newSessionId()));
    const there = await fabric.state.session(id);
    if (there === undefined) return create(fabric, session, id);
    if (there.state === 'DONE' || !isSessionOver(there.state)) return there;
  }
}

async function create(fabric: Fabric, { request, ...first }: SessionRecord, id: SessionId): Promise<SessionRecord> {
  await fabric.blobsOf(id).put(await fabric.blobsOf(first.session_id).get(request.inputs));
  const now = fabric.clock.nowMs();
  const record: SessionRecord = {
    session_id: id,
    state: 'CREATED',
    request,
    created_at_ms: now,
    deadline_ms: now + fabric.config.sessionDeadlineMinutes * 60_000,
    tick: 0,
    fence: 0,
    phase: 'collection',
    ...(first.save_report === false ? { save_report: false } : {}),
  };
  return fabric.tracer.span({ name: 'session', session: id, parent: undefined }, async (traceparent) => {
    const traced = { ...record, traceparent };
    await fabric.state.createSession(traced);
    return (await fabric.state.session(id)) ?? traced;
  });
}

function running({ session_id, state }: SessionRecord): RuntimeError {
  return new RuntimeError('SESSION_RUNNING', {
    message: `expected a session that is over, got one that is ${state}: it still sends its orders again by itself`,
    where: session_id,
    fix: `infrafabric sessions watch ${session_id}, or sessions resume where nobody runs it`,
  });
}
