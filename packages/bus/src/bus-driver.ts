import type { Role, SessionId } from '@infrafabric/protocol';
import type { BusError } from './errors.ts';

/** A sealed message on its way: `body` is its canonical wire, `role` names the queue it goes to. */
export interface Outgoing {
  readonly body: string;
  readonly role: Role;
  readonly session: SessionId;
}

/** What became of one published message. A failure whose error says `later` may still have been delivered. */
export type PublishOutcome = { readonly published: true } | { readonly published: false; readonly error: BusError };

/** How long and how much to ask a queue for. */
export interface ReceiveOptions {
  /** 1-10 deliveries. */
  readonly max: number;
  /** How long to wait for the first delivery; 0 asks once. A driver may round down to its own unit. */
  readonly waitMs: number;
  /** Ends the wait early, with no deliveries. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One message in hand: hidden from every other consumer until its visibility timeout ends.
 *
 * Settle it once with `ack`, `retryAfter` or `deadLetter`; left alone it appears again with a higher receive count.
 */
export interface Delivery {
  readonly body: string;
  /** How often this message was handed out, this time included: 1 or more. */
  readonly receiveCount: number;
  /** Deletes the message. */
  ack(): Promise<void>;
  /** Hands the message back; it appears again after about `ms`, rounded up to the driver's unit. */
  retryAfter(ms: number): Promise<void>;
  /** Moves the message to its queue's dead-letter queue with the reason, then deletes it. `detail` is cut at 1,000 characters. */
  deadLetter(code: string, detail: string): Promise<void>;
  /** Keeps the message hidden for `ms` from now. False when it is no longer in hand: another consumer may have it. */
  extend(ms: number): Promise<boolean>;
}

/** A message that was set aside. `code` is `RECEIVE_COUNT` when the queue gave up on it by itself, `UNDELIVERED` when none got it. */
export interface DeadLetter {
  readonly body: string;
  readonly code: string;
  readonly detail: string;
  /** How often the message had been handed out when it was set aside. */
  readonly receives: number;
  /** Deletes the dead letter. */
  ack(): Promise<void>;
  /** Leaves it where it is, visible again after about `ms`. */
  retryAfter(ms: number): Promise<void>;
}

/**
 * Moves opaque text between roles, at least once, in no promised order: one queue a role, one dead-letter queue behind each.
 *
 * Every method throws BusError only; `testBusDriver` is the contract in executable form.
 */
export interface BusDriver {
  /** Publishes any number of messages and answers in their order, after each is durable or has failed for good. Never throws. */
  publish(batch: readonly Outgoing[]): Promise<PublishOutcome[]>;
  /** Takes messages from a role's queue. @throws BusError `ROLE_UNKNOWN`, `CLOSED`, and what the driver's vendor says. */
  receive(queue: Role, options: ReceiveOptions): Promise<Delivery[]>;
  /** Takes messages from the dead-letter queue behind a role's queue. */
  receiveDead(queue: Role, options: ReceiveOptions): Promise<DeadLetter[]>;
  /** Ends waiting receives and refuses new calls; closing twice is harmless. Settling what is in hand still works. */
  close(): Promise<void>;
}

/** Bytes of a message with its attributes that every driver carries: 192 KiB of wire fit, 256 KiB do not (SNS quota, 2026-11). */
export const MAX_MESSAGE_BYTES = 262_144 - 1_024;

/** How long a delivery stays hidden unless extended. */
export const VISIBILITY_MS = 30_000;

/** After this many receives a queue gives a message up to its dead-letter queue (code `RECEIVE_COUNT`). */
export const MAX_RECEIVES = 10;
