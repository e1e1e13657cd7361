import { replyTo, requestFor, type Draft, type OpenedRequest, type Reply } from '../compose.ts';
import { digestOf } from '../hash.ts';
import type { MessageOf } from '../message.ts';
import { openMessage, type Opened } from '../open.ts';
import { WorkerRole } from '../role.ts';
import { aTask, type Swarm } from './swarm.ts';

/** What an inform says when a test does not care: a result of 2 bytes. */
export const ANY_RESULT = {
  citation: { source_url: 'if://evidence/result', evidence_hash: digestOf('{}') },
  content: { result: { sha256: digestOf('{}'), size: 2, media_type: 'application/json' } },
} as const satisfies Pick<MessageOf<'inform'>, 'citation' | 'content'>;

/** The draft of a request to a role, one hour to live. */
export function aRequest(swarm: Swarm, role: WorkerRole = 'pricing'): Draft<MessageOf<'request'>> {
  const order = requestFor(aTask(role), {
    sender: swarm.agents.coordinator.address,
    uuid: swarm.uuid(),
    nowMs: swarm.nowMs,
    session: swarm.session,
    dispatch: 1,
    deadlineMs: swarm.nowMs + 600_000,
  });
  return { ...order, performative: 'request' };
}

/** A request sealed by the coordinator and opened by the worker it is for. */
export function anOpenedRequest(swarm: Swarm, role: WorkerRole = 'pricing'): OpenedRequest {
  const wire = swarm.agents.coordinator.sequence.seal(aRequest(swarm, role));
  return asRequest(openMessage(wire, swarm.agents[role].context()));
}

/** The draft of an answer by the worker the request is for. */
export function anAnswer(swarm: Swarm, request: OpenedRequest, reply: Reply): Draft {
  const role = WorkerRole.parse(request.message.receiver.slice('if://role/'.length));
  return replyTo(request, reply, { sender: swarm.agents[role].address, uuid: swarm.uuid(), nowMs: swarm.nowMs });
}

function asRequest(opened: Opened): OpenedRequest {
  const { message } = opened;
  if (message.performative !== 'request') throw new Error(`expected a request, got ${message.performative}`);
  return { ...opened, message };
}
