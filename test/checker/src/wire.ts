import { canonicalText, digestOf } from './digest.ts';
import type { HistoryKey, WorldEntry } from './history.ts';
import { signedBytes, verifierOf } from './signature.ts';

/** The members of an IF.bus message that are judged. */
export interface WireMessage {
  readonly performative: string;
  readonly message_id: string;
  readonly conversation_id: string;
  readonly sender: string;
  readonly receiver: string;
  readonly timestamp: number;
  readonly expires_at: number;
  readonly sequence: number;
  readonly task?: { readonly task_id: string; readonly dispatch: number; readonly fence?: number };
  readonly in_reply_to?: { readonly message_id: string; readonly sha256: string };
  readonly citation?: { readonly evidence_hash: string } | null;
  readonly content?: {
    readonly result?: { readonly sha256: string };
    readonly task?: { readonly type: string };
    readonly senders?: readonly { readonly sender: string; readonly count: number; readonly last_sequence: number }[];
  };
  readonly signature: { readonly key_id: string; readonly public_key: string; readonly signature_bytes: string };
}

/** A wire that may be believed as far as it says itself, or why it may not; time, receiver and replay are judged where it is received. */
export type JudgedWire =
  | {
      readonly ok: true;
      readonly sha256: string;
      readonly message: WireMessage;
      readonly key: HistoryKey;
      /** The role in the sender's address. */
      readonly role: string;
      /** The session in the conversation. */
      readonly session: string;
    }
  | { readonly ok: false; readonly reason: string };

/** Judges wires under the keys of a world; each once. */
export function wireJudge(world: Pick<WorldEntry, 'keys' | 'signatures'>): (wire: string) => JudgedWire {
  const keys = new Map(world.keys.map((key) => [key.key_id, key]));
  const verify = verifierOf(world.signatures);
  const judged = new Map<string, JudgedWire>();
  return (wire) => {
    const known = judged.get(wire);
    if (known !== undefined) return known;
    const verdict = judge(wire, keys, verify);
    judged.set(wire, verdict);
    return verdict;
  };
}

function judge(wire: string, keys: ReadonlyMap<string, HistoryKey>, verify: ReturnType<typeof verifierOf>): JudgedWire {
  const message = parse(wire);
  if (message === undefined) return { ok: false, reason: 'it is not a canonical IF.bus message' };
  const key = keys.get(message.signature.key_id);
  if (key === undefined) return { ok: false, reason: 'its key is not trusted' };
  if (key.public_key !== message.signature.public_key) return { ok: false, reason: 'its public key is another one' };
  const { signature_bytes, ...signature } = message.signature;
  const text = canonicalText({ ...message, signature });
  if (text === undefined || !verify(key, signedBytes(text), Buffer.from(signature_bytes, 'base64url')))
    return { ok: false, reason: 'its signature does not hold' };
  const forbidden = whyForbidden(message, key);
  if (forbidden !== undefined) return { ok: false, reason: forbidden };
  const role = roleIn(message.sender);
  const session = message.conversation_id.slice('if://conversation/'.length);
  return { ok: true, sha256: digestOf(wire), message, key, role, session };
}

function parse(wire: string): WireMessage | undefined {
  try {
    const value: unknown = JSON.parse(wire);
    return isMessage(value) && canonicalText(value) === wire ? value : undefined;
  } catch {
    return undefined;
  }
}

const TEXTS = ['performative', 'message_id', 'conversation_id', 'sender', 'receiver'] as const;
const NUMBERS = ['timestamp', 'expires_at', 'sequence'] as const;

function isMessage(value: unknown): value is WireMessage {
  if (typeof value !== 'object' || value === null) return false;
  const signature: unknown = Reflect.get(value, 'signature');
  if (typeof signature !== 'object' || signature === null) return false;
  return (
    TEXTS.every((name) => typeof Reflect.get(value, name) === 'string') &&
    NUMBERS.every((name) => typeof Reflect.get(value, name) === 'number') &&
    ['key_id', 'public_key', 'signature_bytes'].every((name) => typeof Reflect.get(signature, name) === 'string')
  );
}

/** The acts of a coordinator (IF.bus 1.0); every other is a worker's. */
const ORDERS = new Set(['request', 'challenge', 'cancel', 'close']);

function whyForbidden(message: WireMessage, key: HistoryKey): string | undefined {
  if (!fits(key.subject, message.sender)) return `its sender is not a ${key.subject}`;
  const role = roleIn(message.sender);
  if (!key.roles.includes(role)) return `its key has no role ${role}`;
  const isOrder = ORDERS.has(message.performative);
  if (isOrder !== (role === 'coordinator')) return `${message.performative} is not for ${role} to say`;
  const owner = isOrder ? roleIn(message.receiver) : role;
  const asked = message.task === undefined ? owner : message.task.task_id.split('/')[0];
  return asked === owner ? undefined : `its task belongs to ${asked}, not to ${owner}`;
}

/** The role in `if://agent/<scope>/<role>/<instance>` or `if://role/<role>`. */
function roleIn(address: string): string {
  const parts = address.split('/');
  return (parts[2] === 'role' ? parts[3] : parts[4]) ?? '';
}

function fits(subject: string, address: string): boolean {
  const wanted = subject.split('/');
  const parts = address.split('/');
  return wanted.length === parts.length && wanted.every((part, at) => part === '*' || part === parts[at]);
}
