import { createHash } from 'node:crypto';
import {
  agentAddress,
  canonicalBytes,
  digestOf,
  evidenceId,
  type Message,
  type Role,
  sealMessage,
  type Signer,
  signerFromSeed,
  type Unsigned,
  type WorkerRole,
} from '@infrafabric/protocol';
import { MARKER } from './marker.ts';
import { SCOPE } from './scope.ts';
import type { World } from './world.ts';

/** A message of an attacker and the queue it is put into. */
export interface Forgery {
  readonly queue: Role;
  readonly body: string;
  readonly origin: 'forge' | 'replay';
}

/** A message of the bus that an attacker has seen. */
export interface Captured {
  readonly queue: Role;
  readonly body: string;
}

/** What an attacker has besides. */
export interface Loot {
  readonly world: World;
  /** The role whose key was stolen. */
  readonly stolen: WorkerRole;
  readonly sessions: readonly string[];
}

/** A key that no trust document has. */
const INTRUDER = signerFromSeed(createHash('sha256').update('simulation intruder').digest());

/** Result bytes that must never be in a report. */
export const EVIL_RESULT = canonicalBytes({ kind: 'judge', claims: [], coverage: [], findings: [], said: MARKER });

type Forge = (seen: Captured, loot: Loot) => Forgery | undefined;

/** Everything an attacker on the bus may try, without a key and with that of a worker; what does not fit what was seen is not tried. */
export const FORGERIES: Readonly<Record<string, Forge>> = {
  replay: ({ queue, body }) => ({ queue, body, origin: 'replay' }),
  'wrong queue': ({ queue, body }, { stolen }) => ({
    queue: queue === 'coordinator' ? stolen : 'coordinator',
    body,
    origin: 'replay',
  }),
  garbage: ({ queue }) => ({ queue, body: `{"if_bus":"1.0","said":"${MARKER}"`, origin: 'forge' }),
  'changed byte': ({ queue, body }, { world }) => {
    const at = world.chance.int('attacker byte', body.length);
    return { queue, body: `${body.slice(0, at)}~${body.slice(at + 1)}`, origin: 'forge' };
  },
  'changed task': ({ queue, body }) => ({ queue, body: body.replaceAll('/0"', '/1"'), origin: 'forge' }),
  'changed result': (seen) => answering(seen, (answer) => underOldSignature(seen, evil(answer))),
  'unknown key': (seen) => answering(seen, (answer) => sealed(seen.queue, evil(answer), INTRUDER)),
  'embedded key': (seen) =>
    answering(seen, (answer, keyId) => {
      const { body, ...rest } = sealed(seen.queue, evil(answer), INTRUDER);
      return { ...rest, body: body.replace(INTRUDER.keyId, keyId) };
    }),
  'order of a worker': (seen, loot) =>
    ordering(seen, (order) => asThief(seen.queue, { ...order, content: { ...order.content, evidence: [] } }, loot)),
  'answer for another role': (seen, loot) =>
    answering(seen, (answer) => (roleOf(answer) === loot.stolen ? undefined : asThief(seen.queue, evil(answer), loot))),
  'own answer': (seen, loot) => ownAnswer(seen, loot, () => ({})),
  'answer to another request': (seen, loot) =>
    ownAnswer(seen, loot, ({ in_reply_to }) => ({
      in_reply_to: { ...in_reply_to, sha256: `sha256:${'0'.repeat(64)}` },
    })),
  'answer in another session': (seen, loot) =>
    ownAnswer(seen, loot, () => ({
      conversation_id: `if://conversation/${loot.world.chance.pick('attacker session', loot.sessions)}`,
    })),
  'id used again': (seen, loot) => ownAnswer(seen, loot, ({ message_id }) => ({ [KEPT_ID]: message_id })),
  'failure told': (seen, loot) =>
    ownAnswer(seen, loot, () => ({
      performative: 'failure',
      citation: null,
      content: { code: 'STOLEN', message: MARKER },
    })),
  'gone into the future': (seen, loot) =>
    ownAnswer(seen, loot, ({ timestamp }) => ({ timestamp: timestamp + 600_000 })),
};

/** A message as anybody can read it, without its signature. */
type Plain = Readonly<Record<string, unknown>>;
type Answer = Plain & Omit<Extract<Message, { performative: 'inform' }>, 'signature'>;
type Order = Plain & Omit<Extract<Message, { performative: 'request' }>, 'signature'>;

function plainOf({ body }: Captured): { readonly plain: Plain; readonly keyId: string; readonly act: string } {
  const { signature, ...plain } = JSON.parse(body) as Plain & { signature?: { key_id?: string } };
  return { plain, keyId: signature?.key_id ?? '', act: String(plain['performative']) };
}

function answering(seen: Captured, forge: (answer: Answer, keyId: string) => Forgery | undefined): Forgery | undefined {
  const { plain, keyId, act } = plainOf(seen);
  return act === 'inform' ? forge(plain as Answer, keyId) : undefined;
}

function ordering(seen: Captured, forge: (order: Order) => Forgery | undefined): Forgery | undefined {
  const { plain, act } = plainOf(seen);
  return act === 'request' && 'content' in plain ? forge(plain as Order) : undefined;
}

/** An answer to a task of the role whose key was stolen, with other words. */
function ownAnswer(seen: Captured, loot: Loot, change: (answer: Answer) => object): Forgery | undefined {
  return answering(seen, (answer) =>
    roleOf(answer) === loot.stolen ? asThief(seen.queue, { ...evil(answer), ...change(answer) }, loot) : undefined,
  );
}

const roleOf = ({ task }: Answer): string => task.task_id.slice(0, task.task_id.indexOf('/'));

/** The answer, citing bytes that only an attacker writes. */
function evil(answer: Answer): Answer {
  const sha256 = digestOf(EVIL_RESULT);
  const source_url = evidenceId(sha256.slice('sha256:'.length));
  return {
    ...answer,
    citation: { source_url, evidence_hash: sha256 },
    content: { result: { sha256, size: EVIL_RESULT.length, media_type: 'application/json' } },
  };
}

/** Set in a message that is to keep the id of the one it was made from. */
const KEPT_ID = Symbol('kept id');

/** A message of its own, under the key that was stolen. */
function asThief(queue: Role, plain: Plain & { [KEPT_ID]?: unknown }, { world, stolen }: Loot): Forgery {
  const { [KEPT_ID]: kept, ...rest } = plain;
  const message_id = kept ?? `if://message/${world.chance.uuid('attacker ids', '4')}`;
  const sender = agentAddress(SCOPE, stolen, 'attacker');
  const own = { ...rest, message_id, sender, sequence: 0, prev_hash: null };
  return sealed(queue, own, world.swarm.agents[stolen].signer);
}

function sealed(queue: Role, plain: Plain, signer: Signer): Forgery {
  return { queue, body: sealMessage(plain as unknown as Unsigned, signer), origin: 'forge' };
}

function underOldSignature({ queue, body }: Captured, plain: Plain): Forgery {
  const { signature } = JSON.parse(body) as { signature: unknown };
  const bytes = canonicalBytes(JSON.parse(JSON.stringify({ ...plain, signature })));
  return { queue, body: new TextDecoder().decode(bytes), origin: 'forge' };
}
