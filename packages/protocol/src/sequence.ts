import type { Draft } from './compose.ts';
import { digestOf } from './hash.ts';
import type { Digest } from './ids.ts';
import type { Envelope } from './message.ts';
import { sealMessage } from './seal.ts';
import type { Signer } from './signer.ts';

/** How far a sender has come in one conversation. */
export interface Position {
  /** The number of the next message, from 0. */
  readonly sequence: number;
  /** The digest of the last wire sealed; null before the first. */
  readonly prev_hash: Digest | null;
}

/**
 * Conversations whose place is kept: those in which this instance spoke last. A worker is not told that a session is over; one
 * in which it has been silent while it spoke in a thousand others is.
 */
const MAX_CONVERSATIONS = 1_000;

const START: Position = { sequence: 0, prev_hash: null };

/**
 * Numbers and chains what one sender instance says, conversation by conversation.
 *
 * Lives as long as the process: a restarted process is a new instance and starts at 0, so nothing is kept on disk.
 */
export class Sequence {
  readonly #positions = new Map<string, Position>();
  readonly #signer: Signer;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** Numbers, chains and seals a draft; a draft that cannot be sealed takes no number. */
  seal(draft: Draft<Envelope>): string {
    const { sequence, prev_hash } = this.position(draft.conversation_id);
    const wire = sealMessage({ ...draft, sequence, prev_hash }, this.#signer);
    this.#positions.delete(draft.conversation_id);
    this.#positions.set(draft.conversation_id, { sequence: sequence + 1, prev_hash: digestOf(wire) });
    const [oldest] = this.#positions.keys();
    if (this.#positions.size > MAX_CONVERSATIONS && oldest !== undefined) this.#positions.delete(oldest);
    return wire;
  }

  /** Where this sender stands in a conversation. */
  position(conversation: string): Position {
    return this.#positions.get(conversation) ?? START;
  }

  /** Forgets a conversation that is over. */
  forget(conversation: string): void {
    this.#positions.delete(conversation);
  }
}
