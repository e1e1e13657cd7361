import type { Challenges } from '../model-challenges.ts';

/** What a reader should know of all challenges in one paragraph. */
export function challengeLead(challenges: Challenges): string {
  const { confirmed, disconfirmed, not_challengeable: none, unanswered, tolerance_percent: tolerance } = challenges;
  const parts = [
    `The largest savings, derived a second time by another agent from the bill instead of the price table: ${confirmed} confirmed, ${disconfirmed} disconfirmed (more than ${tolerance} % apart), ${none} without a second road, which is no confirmation.`,
    ...(unanswered === 0 ? [] : [`${unanswered} without an answer.`]),
    ...(disconfirmed === 0
      ? []
      : [`Disconfirmed savings count at the smaller value: ${challenges.lowered_by} USD a month less.`]),
  ];
  return parts.join(' ');
}

type Item = Challenges['items'][number];

/** What came of one challenge. */
export function outcomeWord({ outcome }: Item): string {
  return {
    confirm: 'confirmed',
    disconfirm: 'DISCONFIRMED',
    'not-challengeable': 'not challengeable',
    unanswered: 'no answer',
  }[outcome];
}

/** The second value, how far it is, and what counts; empty where there is none. */
export function secondCells(item: Item): readonly [second: string, apart: string, counted: string] {
  return 'second' in item ? [item.second, `${item.apart_percent} %`, item.counted] : ['', '', item.effective];
}

/** What the headline says of disconfirmed savings; empty where there are none. */
export function loweredText(challenges: Challenges | undefined): string {
  if (challenges === undefined || challenges.disconfirmed === 0) return '';
  const what = challenges.disconfirmed === 1 ? 'One saving was' : `${challenges.disconfirmed} savings were`;
  return `${what} disconfirmed by a second agent: the smaller value counts, ${challenges.lowered_by} USD a month less before overlap is removed.`;
}
