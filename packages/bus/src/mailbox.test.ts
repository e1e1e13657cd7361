import { digestOf, type Message, ProtocolError, replayMemory, type Role } from '@infrafabric/protocol';
import { aSwarm, aTask } from '@infrafabric/protocol/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryBus } from './drivers/memory.ts';
import { BusError } from './errors.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { isRequest, type OpenedMessage, type OpenedRequest } from './opened-message.ts';
import type { Outcome } from './settle.ts';
import { manualClock } from './testing/index.ts';

const swarm = aSwarm('mailbox');
const { session } = swarm;

let stop: AbortController;
let clock: ReturnType<typeof manualClock>;
let driver: ReturnType<typeof memoryBus>;
let outcomes: Outcome[];
let quarantined: [wire: string, code: string][];
let running: Promise<unknown>[];

beforeEach(() => {
  stop = new AbortController();
  clock = manualClock(swarm.nowMs);
  driver = memoryBus({ clock });
  outcomes = [];
  quarantined = [];
  running = [];
});

afterEach(async () => {
  stop.abort();
  await Promise.all(running);
});

const TWIN_ID = '019e0000-0000-7000-8000-000000000001';

function mailboxOf(role: Role, instance = 'i-1', uuidv7 = (): string => swarm.uuid()): Mailbox {
  return openMailbox({
    identity: { scope: session, role, instance },
    signer: swarm.agents[role].signer,
    trust: swarm.trust,
    driver,
    clock,
    ids: { uuidv7 },
    replay: replayMemory(clock),
    quarantine: { keep: async (wire, code) => void quarantined.push([wire, code]) },
    contents: { keep: unexpected, fetch: unexpected },
    onOutcome: (outcome) => void outcomes.push(outcome),
  });
}

const unexpected = async (): Promise<never> => {
  throw new Error('expected no content beside a message');
};

/** A sealed order to the pricing role. */
const order = async (coordinator: Mailbox): Promise<string> =>
  coordinator.sealRequest(aTask('pricing'), { session, dispatch: 1, deadlineMs: clock.nowMs() + 3_600_000 });

/** Publishes a wire from the coordinator and lets it arrive. */
async function deliver(coordinator: Mailbox, wire?: string, role: Role = 'pricing'): Promise<void> {
  await coordinator.publish([{ wire: wire ?? (await order(coordinator)), role, session }]);
  await clock.advance(1);
}

function start(mailbox: Mailbox, handler: Parameters<Mailbox['consume']>[0], concurrency = 10): void {
  running.push(mailbox.consume(handler, { signal: stop.signal, concurrency }));
}

/** Consumes into a list. */
function listen(mailbox: Mailbox): Message[] {
  const heard: Message[] = [];
  start(mailbox, async ({ message }) => void heard.push(message));
  return heard;
}

/** Sends an order to a worker and answers it as the worker got it. */
async function orderAs(coordinator: Mailbox, worker: Mailbox): Promise<{ wire: string; request: OpenedRequest }> {
  const wire = await order(coordinator);
  const got: OpenedMessage[] = [];
  start(worker, async (opened) => void got.push(opened));
  await deliver(coordinator, wire);
  const [opened] = got;
  if (opened === undefined || !isRequest(opened)) throw new Error('expected one request');
  return { wire, request: opened };
}

test('carries an order to the worker of its role and its result back', async () => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const heard = listen(coordinator);
  const { wire, request } = await orderAs(coordinator, worker);
  expect(request).toMatchObject({ wire, session, receiveCount: 1, sha256: digestOf(wire) });

  const result = { sha256: `sha256:${'c'.repeat(64)}`, size: 7 };
  const inform = worker.sealInform(request, { fence: 1, result });
  await worker.publish([{ wire: inform, role: 'coordinator', session }]);
  await clock.advance(1);

  expect(heard).toMatchObject([
    {
      performative: 'inform',
      sender: `if://agent/${session}/pricing/i-1`,
      receiver: coordinator.identity,
      in_reply_to: { message_id: request.message.message_id, sha256: digestOf(wire) },
      task: { task_id: 'pricing/ec2/eu-west-1/0', dispatch: 1, fence: 1 },
      citation: { source_url: `if://evidence/sha256/${'c'.repeat(64)}`, evidence_hash: result.sha256 },
      content: { result: { ...result, media_type: 'application/json' } },
    },
  ]);
  expect(outcomes).toStrictEqual([{ outcome: 'done' }, { outcome: 'done' }]);
  expect(await driver.receive('pricing', { max: 10, waitMs: 0 })).toStrictEqual([]);
});

test('numbers and chains what it says in one conversation', async () => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const heard = listen(worker);
  const first = await order(coordinator);
  const second = coordinator.sealCancel({ task_id: 'pricing/ec2/eu-west-1/0', role: 'pricing' }, session, {
    code: 'USER',
    message: 'stop',
  });
  const third = await coordinator.sealClose(session, { state: 'CANCELLED', senders: [] });
  await coordinator.publish([first, second].map((wire) => ({ wire, role: 'pricing' as const, session })));
  await clock.advance(1);

  expect(
    [...heard, JSON.parse(third)].map(({ performative, sequence, prev_hash }) => [performative, sequence, prev_hash]),
  ).toStrictEqual([
    ['request', 0, null],
    ['cancel', 1, digestOf(first)],
    ['close', 2, digestOf(second)],
  ]);
});

test.each(['refuse', 'not-understood'] as const)('answers %s to whoever gave the order', async (verdict) => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const heard = listen(coordinator);
  const reason = { code: 'TASK_UNSUPPORTED', message: 'not mine' };
  start(worker, async () => ({ verdict, reason }));
  await deliver(coordinator);

  expect(heard).toMatchObject([{ performative: verdict, content: reason }]);
});

test('drops the same wire when it comes a second time, and counts it', async () => {
  const [coordinator, heard] = [mailboxOf('coordinator'), listen(mailboxOf('pricing'))];
  const wire = await order(coordinator);
  const twice = { wire, role: 'pricing', session } as const;
  await coordinator.publish([twice, twice]);
  await clock.advance(1);

  expect(heard).toHaveLength(1);
  expect(outcomes.map(({ outcome }) => outcome).sort()).toStrictEqual(['done', 'duplicate']);
});

test('handles a message again when its first handling ended halfway', async () => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const counts: number[] = [];
  start(worker, async ({ receiveCount }) => {
    counts.push(receiveCount);
    return receiveCount === 1 ? { verdict: 'retry', reason: { code: 'BUSY', message: 'later' } } : undefined;
  });
  await coordinator.publish([{ wire: await order(coordinator), role: 'pricing', session }]);
  await clock.advance(1_001);

  expect(counts).toStrictEqual([1, 2]);
});

test.each([
  ['one changed byte', (wire: string) => wire.replace('eu-west-1', 'eu-west-2'), 'BUS_SIGNATURE_INVALID'],
  ['a space', (wire: string) => `${wire} `, 'BUS_NOT_CANONICAL'],
  ['no JSON', () => 'hello', 'BUS_PARSE'],
])('quarantines %s and answers nobody', async (_what, change, code) => {
  const coordinator = mailboxOf('coordinator');
  const answers = listen(coordinator);
  const heard = listen(mailboxOf('pricing'));
  const wire = change(await order(coordinator));
  await deliver(coordinator, wire);

  expect(quarantined).toStrictEqual([[wire, code]]);
  expect(outcomes).toMatchObject([{ outcome: 'quarantined', reason: { code } }]);
  expect([...heard, ...answers]).toStrictEqual([]);
});

test('quarantines an order that came to another role', async () => {
  const coordinator = mailboxOf('coordinator');
  listen(mailboxOf('rightsizing'));
  await deliver(coordinator, await order(coordinator), 'rightsizing');

  expect(quarantined.map(([, code]) => code)).toStrictEqual(['BUS_WRONG_RECEIVER']);
});

test('takes what is addressed to an earlier instance of its role', async () => {
  const before = mailboxOf('coordinator', 'i-1');
  const worker = mailboxOf('pricing');
  const { request } = await orderAs(before, worker);
  const heard = listen(mailboxOf('coordinator', 'i-2'));
  await worker.answer(request, { performative: 'accept', fence: 1 });
  await clock.advance(1);

  expect(heard).toMatchObject([{ performative: 'accept', receiver: before.identity }]);
});

test('tells the consumer before a message goes to the dead letters', async () => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const given: unknown[] = [];
  running.push(
    worker.consume(
      async () => {
        throw new RangeError('boom');
      },
      { signal: stop.signal, onGiveUp: async ({ session: of }, { code }) => void given.push([of, code]) },
    ),
  );
  await deliver(coordinator);

  expect(given).toStrictEqual([[session, 'UNEXPECTED']]);
  expect(await driver.receiveDead('pricing', { max: 1, waitMs: 0 })).toMatchObject([{ code: 'UNEXPECTED' }]);
});

test('quarantines what its receiver does not admit, with the code it says, and tells the receiver', async () => {
  const [coordinator, worker] = [mailboxOf('coordinator'), mailboxOf('pricing')];
  const told: unknown[] = [];
  const handled: Message[] = [];
  running.push(
    worker.consume(async ({ message }) => void handled.push(message), {
      signal: stop.signal,
      admit: ({ message }) => {
        throw new ProtocolError('BUS_REPLY_UNBOUND', { message: 'not ours', where: message.message_id });
      },
      onOutcome: ({ outcome }, opened) => void told.push([outcome, opened.sha256]),
    }),
  );
  const wire = await order(coordinator);
  await deliver(coordinator, wire);

  expect(quarantined).toStrictEqual([[wire, 'BUS_REPLY_UNBOUND']]);
  expect(told).toStrictEqual([['quarantined', digestOf(wire)]]);
  expect(handled).toStrictEqual([]);
});

test('works on at most the asked number of messages at a time, and on all of them', async () => {
  const coordinator = mailboxOf('coordinator');
  let [now, most, done] = [0, 0, 0];
  start(
    mailboxOf('pricing'),
    async () => {
      now += 1;
      most = Math.max(most, now);
      await clock.sleep(10);
      now -= 1;
      done += 1;
    },
    3,
  );
  for (let sent = 0; sent < 10; sent += 1) {
    await coordinator.publish([{ wire: await order(coordinator), role: 'pricing', session }]);
  }
  await clock.advance(100);

  expect([most, done]).toStrictEqual([3, 10]);
});

test('ends when its signal aborts, after what is in work', async () => {
  const coordinator = mailboxOf('coordinator');
  const done: string[] = [];
  const consuming = mailboxOf('pricing').consume(
    async () => {
      await clock.sleep(10);
      done.push('handled');
    },
    { signal: stop.signal },
  );
  await deliver(coordinator);
  stop.abort();
  const ended = consuming.then(() => done.push('ended'));
  await clock.advance(20);
  await ended;

  expect(done).toStrictEqual(['handled', 'ended']);
});

test('sits out a bus that is away', async () => {
  const coordinator = mailboxOf('coordinator');
  const there = { ...driver };
  let failures = 0;
  driver.receive = async (queue, options) => {
    if (failures < 2) {
      failures += 1;
      throw new BusError('UNAVAILABLE', { message: 'away' });
    }
    return there.receive(queue, options);
  };
  const heard = listen(mailboxOf('pricing'));
  await coordinator.publish([{ wire: await order(coordinator), role: 'pricing', session }]);
  await clock.advance(2_999);
  expect(heard).toHaveLength(0);
  await clock.advance(2);

  expect(heard).toHaveLength(1);
});

test('ends with the error of a bus that never comes back', async () => {
  await driver.close();

  await expect(mailboxOf('pricing').consume(async () => {}, { signal: stop.signal })).rejects.toMatchObject({
    code: 'CLOSED',
  });
});

test('two orders under one message id: the first is heard, the second refused and kept, also where it comes again', async () => {
  const worker = mailboxOf('pricing');
  const heard = listen(worker);
  const twins = ['i-1', 'i-2'].map((instance) => mailboxOf('coordinator', instance, () => TWIN_ID));
  const wires = await Promise.all(twins.map(async (coordinator) => order(coordinator)));
  for (const wire of [...wires, wires[1]]) await deliver(twins[0]!, wire);

  expect(heard.map(({ sender }) => sender.split('/').at(-1))).toStrictEqual(['i-1']);
  expect(quarantined).toStrictEqual([1, 1].map((n) => [wires[n], 'BUS_ID_REUSE']));
});
