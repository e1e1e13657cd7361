import {
  cancelOf,
  closeOf,
  type Draft,
  digestOf,
  dsseEnvelope,
  openMessage,
  type OpenedRequest,
  PAYLOAD_TYPE,
  replyTo,
  type Reply,
  roleAddress,
  saidIn,
  sha256Hex,
} from '../src/index.ts';
import { preAuthEncoding } from '../src/pae.ts';
import { ANY_RESULT, type Agent, aRequest, aSwarm, anOpenedRequest, type Swarm } from '../src/testing/index.ts';

/** One message of each act, with every intermediate value another implementation may want to compare. */
export interface GoldenMessage {
  readonly performative: string;
  /** Whose key signed it: a name in `seeds`. */
  readonly signer: string;
  readonly receivers: readonly string[];
  readonly wire: string;
  readonly sha256: string;
  /** The canonical form without `signature_bytes`: the body of the DSSE framing. */
  readonly signed: string;
  readonly pae_sha256: string;
}

/** Makes the golden messages of a version: one of each act, of a swarm whose keys grow from published seeds. */
export function goldenOf(swarm: Swarm): GoldenMessage[] {
  const { coordinator, pricing } = swarm.agents;
  const asked = anOpenedRequest(swarm);
  const result = ANY_RESULT;
  const reason = { code: 'TASK_STALE_FENCE', message: 'expected fence 2, got 1' };
  const answer = (reply: Reply): GoldenMessage => golden(pricing, answerTo(swarm, asked, reply));
  const order = { ...header(swarm, coordinator), session: swarm.session };
  const task = { task_id: asked.message.task.task_id, role: 'pricing' } as const;
  const challenge = golden(coordinator, { ...aRequest(swarm), performative: 'challenge' });
  const challenged = asOrder(swarm, challenge.wire);
  return [
    { ...described(coordinator, asked.wire), receivers: [asked.message.receiver] },
    answer({ performative: 'accept', fence: 1 }),
    answer({ performative: 'progress', fence: 1, content: { done: 250, total: 500 } }),
    answer({ performative: 'inform', fence: 1, ...result }),
    answer({ performative: 'refuse', content: reason }),
    answer({ performative: 'failure', fence: 1, content: { code: 'ATTEMPTS', message: 'é, \u2028 and 🚀 stand as they are' } }),
    answer({ performative: 'not-understood', content: { code: 'TASK_TYPE_UNKNOWN', message: 'no such task type' } }),
    golden(coordinator, cancelOf(task, { code: 'CANCELLED', message: 'a person asked' }, order)),
    golden(coordinator, closeOf({ state: 'DONE', senders: saidIn([asked.message]) }, roleAddress('pricing'), order)),
    challenge,
    golden(pricing, answerTo(swarm, challenged, { performative: 'confirm', fence: 2, ...result })),
    golden(pricing, answerTo(swarm, challenged, { performative: 'disconfirm', fence: 2, ...result })),
    golden(coordinator, { ...aRequest(swarm), ext: { '€': 1, $: 2, '\u{10000}': { a: [true, null, ''] } } }),
  ];
}

/** The swarm of a version; its seeds are published, so its keys must never be trusted by anything real. The key of budget is revoked, that of rightsizing not valid yet. */
export function goldenSwarm(version: string): Swarm {
  return aSwarm(`IF.bus ${version} golden messages`, (key, role) => {
    if (role === 'budget') return { ...key, status: 'revoked', revoked_at: key.not_before, reason: 'a vector' };
    return role === 'rightsizing' ? { ...key, not_before: key.not_after - 1 } : key;
  });
}

/** The seeds of the swarm by role, as hexadecimal text. */
export function seedsOf(version: string): Record<string, string> {
  const name = `IF.bus ${version} golden messages`;
  const roles = ['root', 'coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk', 'budget'];
  return Object.fromEntries(roles.map((role) => [role, sha256Hex(`${name} ${role}`)]));
}

function header(swarm: Swarm, agent: Agent): { sender: string; uuid: string; nowMs: number } {
  return { sender: agent.address, uuid: swarm.uuid(), nowMs: swarm.nowMs };
}

function answerTo(swarm: Swarm, asked: OpenedRequest, reply: Reply): Draft {
  return replyTo(asked, reply, header(swarm, swarm.agents.pricing));
}

function asOrder(swarm: Swarm, wire: string): OpenedRequest {
  const opened = openMessage(wire, swarm.agents.pricing.context());
  const { message } = opened;
  if (message.performative !== 'challenge') throw new TypeError(`expected a challenge, got ${message.performative}`);
  return { ...opened, message };
}

function golden(agent: Agent, draft: Draft): GoldenMessage {
  return { ...described(agent, agent.sequence.seal(draft)), receivers: [draft.receiver] };
}

function described(agent: Agent, wire: string): Omit<GoldenMessage, 'receivers'> {
  const signed = Buffer.from(dsseEnvelope(wire).payload, 'base64');
  return {
    performative: JSON.parse(wire).performative,
    signer: agent.role,
    wire,
    sha256: digestOf(wire),
    signed: signed.toString(),
    pae_sha256: digestOf(preAuthEncoding(PAYLOAD_TYPE.message, signed)),
  };
}
