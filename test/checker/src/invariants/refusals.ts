import type { DeliveryEntry, OutcomeEntry } from '../bus-entries.ts';
import type { ProcessEntry } from '../history.ts';
import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import { unasked } from '../unasked.ts';
import type { JudgedWire } from '../wire.ts';

export const REFUSALS: Invariant = {
  id: 'I15',
  says: 'A message that must be rejected is, and every rejected one is counted once and kept in quarantine.',
  check: (index) => [...unkept(index), ...believed(index), ...unasked(index)],
};

/** A delivery by its receipt. */
const receiptOf = ({ by, message, receive_count }: Pick<OutcomeEntry, 'by' | 'message' | 'receive_count'>): string =>
  `${by} ${message} ${receive_count}`;

function unkept({ entries, bodies, world }: HistoryIndex): Found[] {
  if (world.scope === 'final') return [];
  const kept = new Set<string>();
  const counted = new Set<string>();
  return entries.flatMap((entry, seq) => {
    if (entry.kind === 'quarantine') kept.add(`${entry.by} ${entry.body}`);
    if (entry.kind !== 'outcome' || entry.outcome !== 'quarantined') return [];
    const receipt = receiptOf(entry);
    const isAgain = counted.has(receipt);
    counted.add(receipt);
    if (isAgain) return [{ seq, message: `the refusal of ${entry.message} was counted twice` }];
    const isKept = kept.has(`${entry.by} ${bodies.get(entry.message)}`);
    return isKept ? [] : [{ seq, message: `${entry.message} was refused (${entry.code}) and not kept` }];
  });
}

/** Outcomes of messages that were believed. */
const BELIEVED = new Set(['done', 'duplicate', 'refused', 'not-understood', 'dead-lettered']);

function believed(index: HistoryIndex): Found[] {
  const handed = new Map<string, DeliveryEntry>();
  return index.entries.flatMap((entry, seq) => {
    if (entry.kind === 'delivery' && entry.op === 'deliver') handed.set(receiptOf(entry), entry);
    if (entry.kind !== 'outcome' || !BELIEVED.has(entry.outcome)) return [];
    const delivery = handed.get(receiptOf(entry));
    const body = index.bodies.get(entry.message);
    if (delivery === undefined || body === undefined) return [];
    const why = whyNotBelieved(index.judge(body), { delivery, entry }, index);
    return why === undefined ? [] : [{ seq, message: `${entry.by} believed ${entry.message}, but ${why}` }];
  });
}

/** How far two clocks of a swarm may stand apart. */
const TOLERANCE_MS = 60_000;

function whyNotBelieved(
  judged: JudgedWire,
  { delivery, entry }: { readonly delivery: DeliveryEntry; readonly entry: OutcomeEntry },
  { processes }: HistoryIndex,
): string | undefined {
  if (!judged.ok) return judged.reason;
  const { message, key } = judged;
  const process = processes.get(entry.by);
  if (process?.skew_ms === undefined) return undefined;
  const earliest = delivery.at_ms + process.skew_ms;
  const latest = entry.at_ms + process.skew_ms;
  if (earliest > message.expires_at + TOLERANCE_MS) return 'it was expired';
  if (latest < message.timestamp - TOLERANCE_MS) return 'it was from the future';
  if (message.expires_at < message.timestamp) return 'it ended before it began';
  if (earliest >= (key.revoked_at ?? Number.POSITIVE_INFINITY)) return 'its key was revoked';
  if (latest < key.not_before || earliest >= key.not_after) return 'its key was not valid';
  return isFor(message.receiver, process) ? undefined : 'it was for somebody else';
}

/** Instances of one role share a queue: what is for one of them is for all. */
function isFor(receiver: string, { identity, role }: ProcessEntry): boolean {
  if (identity === undefined || receiver === `if://role/${role}`) return true;
  return receiver.slice(0, receiver.lastIndexOf('/')) === identity.slice(0, identity.lastIndexOf('/'));
}
