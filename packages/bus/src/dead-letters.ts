import {
  type Envelope,
  openEnvelope,
  ProtocolError,
  type Role,
  type SessionId,
  sha256Hex,
} from '@infrafabric/protocol';
import { receiversOf, sessionOf } from './addresses.ts';
import type { DeadLetter, Delivery } from './bus-driver.ts';
import type { Consumer } from './consume.ts';
import { openLate } from './late-message.ts';
import { type Outcome, settle } from './settle.ts';

/** A dead letter that verifies, in a handler's hands. */
export interface OpenedDeadLetter extends Pick<DeadLetter, 'body' | 'code' | 'detail' | 'receives'> {
  /** Hash of the body, 64 hex digits. */
  readonly sha256: string;
  /** Whose queue it was in. */
  readonly role: Role;
  readonly session: SessionId;
  /** Absent for what is no message of the bus. Content that travelled beside it is not fetched. */
  readonly message?: Envelope;
}

/** How dead letters are taken. */
export interface DeadLetterHandling {
  /** Does what follows from a letter, durably, before it resolves; the letter is then deleted. May be called again for one letter. */
  readonly handle: (opened: OpenedDeadLetter) => Promise<void>;
  /** The session of a text that is no message of the bus and yet ours; `undefined` leaves it to the checks of a message. */
  readonly otherOf?: ((text: string) => SessionId | undefined) | undefined;
}

/** A receive takes ten messages at most (SQS quota). */
const MAX_BATCH = 10;

/** A letter that cannot be handled is looked at again after this long. */
const AGAIN_MS = 60_000;

/** Between the receives after which a message is young and those after which it is given up: a letter is neither. */
const RECEIVES = 5;

/**
 * Takes up to ten letters from behind a role's queue and settles each; a message that expired meanwhile still verifies, for it
 * waited here. What does not verify is quarantined. Answers how each ended, in no order.
 *
 * @throws BusError as `receiveDead`.
 */
export async function takeDead(role: Role, handling: DeadLetterHandling, consumer: Consumer): Promise<Outcome[]> {
  const letters = await consumer.driver.receiveDead(role, { max: MAX_BATCH, waitMs: 0 });
  return Promise.all(
    letters.map(async (letter) =>
      settle(deliveryOf(letter), {
        open: () => open(letter, role, handling, consumer),
        handle: async (opened) => {
          await handling.handle(opened);
          return undefined;
        },
        answer: async () => undefined,
        giveUp: async () => undefined,
        quarantine: async (body, { code }) => consumer.quarantine.keep(body, code),
      }),
    ),
  );
}

/** A letter has no place further back to go: given up, it stays where it is. */
function deliveryOf(letter: DeadLetter): Delivery {
  return {
    body: letter.body,
    receiveCount: RECEIVES,
    ack: async () => letter.ack(),
    retryAfter: async (ms) => letter.retryAfter(ms),
    deadLetter: async () => letter.retryAfter(AGAIN_MS),
    extend: async () => false,
  };
}

function open(
  { body, code, detail, receives }: DeadLetter,
  role: Role,
  { otherOf }: DeadLetterHandling,
  { identity, trust, clock }: Consumer,
): OpenedDeadLetter {
  const common = { body, code, detail, receives, role, sha256: sha256Hex(body) };
  const other = otherOf?.(body);
  if (other !== undefined) return { ...common, session: other };
  const receivers = receiversOf({ ...identity, role }, body);
  const { message } = openLate(body, { trust, receivers, nowMs: clock.nowMs() }, openEnvelope);
  const session = sessionOf(message.conversation_id);
  if (session !== undefined) return { ...common, message, session };
  throw new ProtocolError('BUS_WRONG_CONVERSATION', {
    message: `expected the conversation of a session, got ${message.conversation_id}`,
    where: message.message_id,
  });
}
