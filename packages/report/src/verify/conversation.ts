import {
  conversationId,
  type Digest,
  type LogEntry,
  openMessage,
  type Opened,
  type OpenedRequest,
  roleAddress,
} from '@infrafabric/protocol';
import { PATHS } from '../folder.ts';
import { firstLine } from './attempt.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';

/** What was said in a session, each message opened at the time its log entry gives. */
export interface Conversation {
  readonly messages: ReadonlyMap<string, Opened>;
  /** The request an answer binds to, by the digest of the answer's wire. */
  readonly requestOf: (answer: Opened) => OpenedRequest | undefined;
}

/** Opens every message of the log, orders first, and reports the ones that may not be believed or are in no entry. */
export function readConversation(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): Conversation {
  const messages = new Map<string, Opened>();
  const requests = new Map<string, OpenedRequest>();
  const workers = intact.trust.keys.values().flatMap((key) => key.roles);
  const receivers = new Set<string>([...workers.map(roleAddress), roleAddress('coordinator')]);
  const contents = contentsOf(intact);
  const open = (entry: LogEntry): void => {
    const path = `${PATHS.messages}${entry.wire_sha256.slice('sha256:'.length)}.json`;
    try {
      const opened = openEntry(entry, intact.files.get(path), {
        trust: intact.trust,
        receivers: [...receivers],
        conversation: conversationId(intact.manifest.session_id),
        nowMs: entry.logged_at,
        contentOf: ({ sha256 }) => contents.take(sha256),
        isOurRequest: (request) => requests.get(request.message_id)?.sha256 === request.sha256,
      });
      messages.set(opened.sha256, opened);
      if (isRequest(opened)) {
        requests.set(opened.message.message_id, opened);
        receivers.add(opened.message.sender);
      }
    } catch (error) {
      problems.push({ code: 'MESSAGE_INVALID', where: path, message: firstLine(error) });
    }
  };
  for (const direction of ['sent', 'received']) {
    for (const entry of entries.filter((one) => one.direction === direction)) open(entry);
  }
  reportUnlogged(entries, intact, problems);
  contents.reportUnused(problems);
  return {
    messages,
    requestOf: ({ message }) => ('in_reply_to' in message ? requests.get(message.in_reply_to.message_id) : undefined),
  };
}

/** The content of messages that travelled beside them; what no message refers to is a problem. */
function contentsOf({ files }: Intact) {
  const unused = new Set([...files.keys()].filter((path) => path.startsWith(PATHS.contents)));
  return {
    take(sha256: Digest): Uint8Array | undefined {
      const path = `${PATHS.contents}${sha256.slice('sha256:'.length)}.json`;
      unused.delete(path);
      return files.get(path);
    },
    reportUnused(problems: Problem[]): void {
      for (const where of unused)
        problems.push({ code: 'MESSAGE_INVALID', where, message: 'no message refers to this content' });
    },
  };
}

function openEntry(entry: LogEntry, wire: Uint8Array | undefined, context: Parameters<typeof openMessage>[1]): Opened {
  if (wire === undefined) throw new RangeError('the log names this message and the folder does not have it');
  const opened = openMessage(wire, context);
  const isAnswer = 'in_reply_to' in opened.message;
  if (isAnswer !== (entry.direction === 'received'))
    throw new RangeError(`the log calls a ${opened.message.performative} ${entry.direction}`);
  return opened;
}

const isRequest = (opened: Opened): opened is OpenedRequest =>
  opened.message.performative === 'request' || opened.message.performative === 'challenge';

function reportUnlogged(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): void {
  const logged = new Set(entries.map((entry) => `${PATHS.messages}${entry.wire_sha256.slice('sha256:'.length)}.json`));
  for (const path of intact.files.keys()) {
    if (path.startsWith(PATHS.messages) && !logged.has(path))
      problems.push({ code: 'MESSAGE_INVALID', where: path, message: 'the log does not know this message' });
  }
}
