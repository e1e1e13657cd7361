import type { LogEntry } from '../history.ts';
import type { HistoryIndex, Placed } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import { digestIn } from '../digest.ts';
import type { SessionItem } from '../items.ts';
import { chainBreak, leavesOf, rootOf } from '../log-chain.ts';
import { openNote } from '../note.ts';
import type { WireMessage } from '../wire.ts';

export const LOG_CHAIN: Invariant = {
  id: 'I17',
  says: 'The chain of a log verifies, its checkpoints are signed and stand over it, and none is smaller than one before.',
  check: (index) => {
    const sizes = new Map<string, number>();
    return logsOf(index).flatMap((log) =>
      whyBroken(log, index, sizes).map((why) => ({ seq: log.seq, message: `the log of ${log.session}: ${why}` })),
    );
  },
};

const logsOf = ({ entries }: HistoryIndex): Placed<LogEntry>[] =>
  entries.flatMap((entry, seq) => (entry.kind === 'log' ? [{ ...entry, seq }] : []));

function whyBroken(
  { session, text, checkpoints }: LogEntry,
  { world }: HistoryIndex,
  sizes: Map<string, number>,
): string[] {
  const leaves = leavesOf(text);
  const broken = chainBreak(leaves);
  const notes = checkpoints.map((note) => openNote(note, world.keys));
  const largest = Math.max(0, ...notes.map((note) => note?.size ?? 0));
  const shrunk = largest < (sizes.get(session) ?? 0);
  sizes.set(session, largest);
  return [
    ...(broken === undefined ? [] : [broken]),
    ...(shrunk ? [`its checkpoint went back to ${largest}`] : []),
    ...notes.flatMap((note) => {
      if (note === undefined) return ['a checkpoint of it is not signed by a known key'];
      const stands = note.size <= leaves.length && note.root.equals(rootOf(leaves.slice(0, note.size)));
      return stands ? [] : [`the checkpoint of ${note.size} entries is over other entries`];
    }),
  ];
}

export const CLOSE_COMPLETE: Invariant = {
  id: 'I18',
  says: 'At the close of a session each sender is listed with what it said on record, so that a gap shows.',
  check: (index) =>
    [...index.sessions.values()].flatMap(({ last }) => (last === undefined ? [] : unlisted(last, index))),
};

interface Said {
  count: number;
  last_sequence: number;
}

function unlisted(session: SessionItem, index: HistoryIndex): Found[] {
  const { close_sha256, session_id } = session;
  const bytes = close_sha256 === undefined ? undefined : index.blobs.get(digestIn(close_sha256))?.bytes;
  if (bytes === undefined) return [];
  const seq = index.sessions.get(session_id)?.steps.at(-1)?.seq ?? 0;
  const close = index.judge(bytes.toString());
  if (!close.ok) return [{ seq, message: `the close of ${session_id}: ${close.reason}` }];
  const listed = new Map((close.message.content?.senders ?? []).map((said) => [said.sender, said]));
  return [...saidIn(session_id, index)].flatMap(([sender, { count, last_sequence }]) => {
    const told = listed.get(sender);
    const isListed = told?.count === count && told.last_sequence === last_sequence;
    return isListed ? [] : [{ seq, message: `the close of ${session_id} does not list what ${sender} said` }];
  });
}

function saidIn(session: string, { tasksOf, tampered, judge }: HistoryIndex): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  if (tampered.has(session)) return said;
  const wires = tasksOf(session).flatMap(({ last }) => [last?.request_wire ?? '', last?.answer_wire ?? '']);
  for (const wire of wires.filter((one) => one !== '')) {
    const judged = judge(wire);
    if (judged.ok) tally(judged.message, said);
  }
  return said;
}

function tally({ sender, sequence }: WireMessage, said: Map<string, Said>): void {
  const { count, last_sequence } = said.get(sender) ?? { count: 0, last_sequence: 0 };
  said.set(sender, { count: count + 1, last_sequence: Math.max(last_sequence, sequence) });
}
