import {
  closeOf,
  conversationId,
  digestOf,
  type LogEntry,
  logRoot,
  logText,
  nextEntry,
  openMessage,
  parseLog,
  requestFor,
  roleAddress,
  saidIn,
  sealMessage,
  signCheckpoint,
} from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { buildReport, logOrigin, type LoggedMessage } from '../build-report.ts';
import { PATHS } from '../folder.ts';
import { aSmallSession, partsOf, problemsOf, put, signAgain, textOf, verified } from '../testing/index.ts';

/* A session of 242 messages: 10 of its tasks, 231 orders that nobody answered, and its close. */

const session = aSmallSession();
const { swarm } = session;
const { coordinator } = swarm.agents;
const parts = partsOf(session);
const messages = withOrders(parts.messages, 231);
const next = coordinator.sequence.position(conversationId(swarm.session));
const close = closing(messages);
const original = folderWith([...messages, close]);
const logIn = (files: ReadonlyMap<string, Uint8Array>): LogEntry[] => parseLog(textOf(files, PATHS.log));
const whole = logIn(original);

async function forged(change: (files: Map<string, Uint8Array>) => void): Promise<string[]> {
  const files = new Map(original);
  change(files);
  signAgain(files, session);
  return problemsOf(await verified(files, session));
}

/** Puts another log, and the closing checkpoint of exactly that log, signed by the same key. */
function signLog(files: Map<string, Uint8Array>, entries: readonly LogEntry[]): void {
  put(files, PATHS.log, logText(entries));
  const checkpoint = { origin: logOrigin(swarm.session), size: entries.length, root: logRoot(entries) };
  put(files, PATHS.checkpoint, signCheckpoint(checkpoint, coordinator.signer));
}

test('a log is signed after every 100 entries and at its end, which is the close', async () => {
  const outcome = await verified(original, session);

  expect([outcome.verdict, outcome.messages, outcome.problems, outcome.warnings]).toStrictEqual([
    'AUTHENTIC',
    242,
    [],
    [],
  ]);
  expect([...original.keys()].filter((path) => path.startsWith(PATHS.checkpoints))).toStrictEqual([
    `${PATHS.checkpoints}100.txt`,
    `${PATHS.checkpoints}200.txt`,
  ]);
  expect(textOf(original, `${PATHS.messages}${whole.at(-1)!.wire_sha256.slice(7)}.json`)).toBe(close.wire);
});

test('a checkpoint taken away', async () => {
  const path = `${PATHS.checkpoints}100.txt`;

  expect(await forged((files) => files.delete(path))).toStrictEqual([`LOG_UNANCHORED ${path}`]);
});

test('a checkpoint under the name of another', async () => {
  const path = `${PATHS.checkpoints}200.txt`;
  const problems = await forged((files) => put(files, path, textOf(files, `${PATHS.checkpoints}100.txt`)));

  expect(problems).toStrictEqual([`LOG_UNANCHORED ${path}`]);
});

test('a log rewritten and signed anew at its end, while earlier checkpoints stand', async () => {
  const times = (from: number): LogEntry[] => {
    const entries: LogEntry[] = [];
    for (const entry of whole)
      entries.push(nextEntry(entries.at(-1), { ...entry, logged_at: entry.logged_at + Number(entry.index >= from) }));
    return entries;
  };
  const path = `${PATHS.checkpoints}200.txt`;

  expect(await forged((files) => signLog(files, times(150)))).toStrictEqual([`LOG_UNANCHORED ${path}`]);
  const files = new Map(original);
  signLog(files, times(150));
  signAgain(files, session);
  const { problems } = await verified(files, session);
  expect(problems[0]?.message).toBe(
    'the log is not the one that was signed: entries 100 to 199 were changed or are gone',
  );
});

test('a log cut and signed anew at its end is found by the checkpoint it is too short for', async () => {
  const problems = await forged((files) => signLog(files, whole.slice(0, 180)));

  expect(problems).toContain(`LOG_UNANCHORED ${PATHS.checkpoints}200.txt`);
});

test('an answer taken out of a log that is signed anew is missed by the close', async () => {
  const received = whole.findLast(({ direction }) => direction === 'received')!;
  const files = folderWith([
    ...messages.filter(({ atMs, direction }) => direction === 'sent' || atMs < received.logged_at),
    close,
  ]);
  const { problems } = await verified(files, session);

  expect(problems.map(({ code }) => code)).toStrictEqual(['CLOSE_DIFFERS', 'RESULT_UNBOUND', 'REPORT_DIFFERS']);
  expect(problems[0]?.message).toBe(
    `${swarm.agents.rightsizing.address}: close says 1 messages, the last numbered 0, the log has nothing`,
  );
});

test('a message of a sender that the close does not know', async () => {
  const { address } = swarm.agents.rightsizing;
  const others = messages.filter(({ wire }) => JSON.parse(wire).sender !== address);
  const { problems } = await verified(folderWith([...messages, closing(others)]), session);

  expect(problems.map(({ code, message }) => `${code} ${message}`)).toStrictEqual([
    `CLOSE_DIFFERS ${address}: close says nothing, the log has 1 messages, the last numbered 0`,
  ]);
});

test('the close is the last entry, also when the clock of who sent it is behind', async () => {
  const early = closing(messages, swarm.nowMs + 5_000);
  const files = folderWith([...messages, early]);

  expect(logIn(files).at(-1)!.wire_sha256).toBe(digestOf(early.wire));
  expect((await verified(files, session)).problems).toStrictEqual([]);
});

test('the numbers that a sender used and the log lacks are named, and break nothing', async () => {
  const [first, second] = messages.filter(({ direction }) => direction === 'sent').slice(-3);
  const kept = messages.filter((one) => one !== first && one !== second);
  const files = folderWith([...kept, closing(kept)]);
  const outcome = await verified(files, session);
  const numbers = [first, second].map((one) => JSON.parse(one!.wire).sequence);

  expect(outcome.problems).toStrictEqual([]);
  expect(outcome.warnings).toStrictEqual([
    `${coordinator.address}: the log has no message numbered ${numbers.join(', ')}`,
  ]);
});

function folderWith(talk: readonly LoggedMessage[]): Map<string, Uint8Array> {
  return new Map(buildReport({ ...parts, messages: talk }));
}

function withOrders(talk: readonly LoggedMessage[], count: number): LoggedMessage[] {
  const spec = session.tasks[3]!.spec;
  const orders = Array.from({ length: count }, (_, at): LoggedMessage => {
    const atMs = swarm.nowMs + 20_000 + at;
    const header = { sender: coordinator.address, uuid: swarm.uuid(), nowMs: atMs };
    const order = { ...header, session: swarm.session, dispatch: 2, deadlineMs: atMs + 60_000 };
    return { wire: coordinator.sequence.seal(requestFor(spec, order)), direction: 'sent', atMs };
  });
  return [...talk, ...orders];
}

function closing(talk: readonly LoggedMessage[], atMs = swarm.nowMs + 30_000): LoggedMessage {
  const senders = saidIn(talk.map(({ wire }) => JSON.parse(wire)));
  const header = { sender: coordinator.address, uuid: swarm.uuid(), nowMs: atMs, session: swarm.session };
  const draft = closeOf({ state: 'DONE', senders }, roleAddress('coordinator'), header);
  const wire = sealMessage({ ...draft, ...next }, coordinator.signer);
  openMessage(wire, { ...coordinator.context(), nowMs: atMs });
  return { wire, direction: 'sent', atMs, isClose: true };
}
