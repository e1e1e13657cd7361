import {
  type CloseContent,
  type Digest,
  digestOf,
  type Envelope,
  saidIn,
  type SessionId,
  type TaskRecord,
} from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import type { VerifiedResult } from './results.ts';

/** What each sender said in a session, each message once. */
export interface SaidTally {
  /** Counts the messages of a record; those of a result were verified with it. */
  readonly count: (record: TaskRecord, verified: VerifiedResult | undefined) => void;
  readonly senders: () => CloseContent['senders'];
}

/** Opens a tally without a message. What is on record and does not verify was said by nobody. */
export function saidTally(session: SessionId, mailbox: Pick<CoordinatorPorts['mailbox'], 'openRecorded'>): SaidTally {
  const messages = new Map<Digest, Pick<Envelope, 'sender' | 'sequence'>>();
  return {
    count({ request_wire, answer_wire }, verified) {
      for (const [wire, known] of [
        [request_wire, verified?.exchange.request],
        [answer_wire, verified?.exchange.answer],
      ] as const) {
        if (wire === undefined || wire === '') continue;
        const message = known ?? mailbox.openRecorded(wire, session);
        if (message !== undefined) messages.set(digestOf(wire), { sender: message.sender, sequence: message.sequence });
      }
    },
    senders: () => saidIn([...messages.values()]),
  };
}
