import type { SessionId, TaskId } from './ids.ts';
import type { Performative } from './message.ts';
import type { Role } from './role.ts';

/** A message that nobody could deliver or handle, as it is kept for a person. */
export interface DeadLetter {
  /** Hash of its wire, 64 hex digits: the name it goes by. */
  readonly sha256: string;
  /** Whose queue it was in. */
  readonly role: Role;
  readonly session_id: SessionId;
  /** What it is: an act of the bus, or the note of a coordinator to itself. */
  readonly act: Performative | 'note';
  /** The task it is about. */
  readonly task_id?: TaskId;
  readonly dispatch?: number;
  /** `RECEIVE_COUNT` when the queue gave it up, `ATTEMPTS` when its task was, else the code of what went wrong. */
  readonly code: string;
  readonly detail: string;
  /** How often it was handed out; for `ATTEMPTS`, how often its task was tried. */
  readonly receives: number;
  readonly at_ms: number;
  /** The session that does again what this letter's session could not. */
  readonly redriven_as?: SessionId;
}

/** A dead letter with its wire. */
export interface DeadLetterWire {
  readonly letter: DeadLetter;
  readonly wire: string;
}

/** Dead letters of a tenant, kept until their retention is over: after it none is shown, whether its bytes are gone yet or not. */
export interface DeadLetters {
  /** Keeps a letter durably before it resolves; false when one of this hash is kept already, which stays as it is. */
  keep(letter: DeadLetter, wire: string): Promise<boolean>;
  /** The newest first. */
  list(): Promise<DeadLetter[]>;
  find(sha256: string): Promise<DeadLetterWire | undefined>;
  /** Notes the session that does its work again. */
  redriven(sha256: string, as: SessionId): Promise<void>;
  /** Ends the retention of a letter now; false when none of this hash is kept. */
  purge(sha256: string): Promise<boolean>;
}
