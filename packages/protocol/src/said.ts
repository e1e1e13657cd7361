import type { CloseContent, Envelope } from './message.ts';

/** What one sender instance said. */
export type Said = CloseContent['senders'][number];

/** What each sender said in these messages, by sender: what `close` lists. */
export function saidIn(messages: readonly Pick<Envelope, 'sender' | 'sequence'>[]): Said[] {
  return [...Map.groupBy(messages, ({ sender }) => sender)]
    .map(([sender, own]) => ({
      sender,
      count: own.length,
      last_sequence: own.reduce((last, { sequence }) => Math.max(last, sequence), 0),
    }))
    .sort((a, b) => Number(a.sender > b.sender) - Number(a.sender < b.sender));
}

/** The numbers that a sender used up to its last and that these do not have, ascending, and those that stand twice. */
export function gapsOf(sequences: readonly number[]): { readonly missing: number[]; readonly twice: number[] } {
  const sorted = sequences.toSorted((a, b) => a - b);
  const missing: number[] = [];
  const twice: number[] = [];
  let next = 0;
  for (const sequence of sorted) {
    if (sequence < next) twice.push(sequence);
    for (; next < sequence && missing.length < MOST_NAMED; next += 1) missing.push(next);
    next = sequence + 1;
  }
  return { missing, twice };
}

/** More missing numbers than this are not named one by one. */
const MOST_NAMED = 1_000;
