import { gapsOf, type Opened, type Said, saidIn } from '@infrafabric/protocol';
import { PATHS } from '../folder.ts';
import type { Conversation } from './conversation.ts';
import type { Problem } from './problem.ts';

/** Compares what `close` says that each sender said with the messages of the log; a log without close says nothing of it. */
export function checkClose({ messages }: Conversation, problems: Problem[]): void {
  const opened = [...messages.values()];
  const closes = opened.filter(({ message }) => message.performative === 'close');
  const said = bySender(saidIn(opened.filter((one) => !closes.includes(one)).map(({ message }) => message)));
  for (const { message, sha256 } of closes) {
    if (message.performative !== 'close') continue;
    const where = `${PATHS.messages}${sha256.slice('sha256:'.length)}.json`;
    const told = bySender(message.content.senders);
    for (const sender of new Set([...told.keys(), ...said.keys()])) {
      const [expected, got] = [wordsOf(told.get(sender)), wordsOf(said.get(sender))];
      if (expected === got) continue;
      problems.push({ code: 'CLOSE_DIFFERS', where, message: `${sender}: close says ${expected}, the log has ${got}` });
    }
  }
}

/**
 * Names the numbers that a sender used and the log does not have. A message that was sent again or came too late leaves such a
 * gap, so it is no fault of the report.
 */
export function sequenceWarnings({ messages }: Conversation): string[] {
  const bySenders = Map.groupBy(messages.values(), ({ message }: Opened) => message.sender);
  return [...bySenders]
    .toSorted(([a], [b]) => Number(a > b) - Number(a < b))
    .flatMap(([sender, own]) => {
      const { missing, twice } = gapsOf(own.map(({ message }) => message.sequence));
      return [
        ...(missing.length === 0 ? [] : [`${sender}: the log has no message numbered ${named(missing)}`]),
        ...(twice.length === 0 ? [] : [`${sender}: the log has several messages numbered ${named(twice)}`]),
      ];
    });
}

const bySender = (senders: readonly Said[]): ReadonlyMap<string, Said> =>
  new Map(senders.map((said) => [said.sender, said]));

const wordsOf = (said: Said | undefined): string =>
  said === undefined ? 'nothing' : `${said.count} messages, the last numbered ${said.last_sequence}`;

/** The first few, and how many more. */
function named(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 10).join(', ');
  return numbers.length > 10 ? `${shown} and ${numbers.length - 10} more` : shown;
}
