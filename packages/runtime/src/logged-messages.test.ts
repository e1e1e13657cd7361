import { memoryBus, openMailbox } from '@infrafabric/bus';
import { manualClock } from '@infrafabric/bus/testing';
import { replayMemory, type Role } from '@infrafabric/protocol';
import { aSwarm, aTask } from '@infrafabric/protocol/testing';
import { memoryEvidence } from '@infrafabric/store';
import { sessionRecord, taskRecord } from '@infrafabric/store/testing';
import { expect, test } from 'vitest';
import { loggedMessages } from './logged-messages.ts';

const swarm = aSwarm('logged');
const { session } = swarm;
const clock = manualClock(swarm.nowMs);
const blobs = memoryEvidence();

const unexpected = async (): Promise<never> => {
  throw new Error('expected no content beside a message');
};

const mailboxOf = (role: Role) =>
  openMailbox({
    identity: { scope: session, role, instance: 'i-1' },
    signer: swarm.agents[role].signer,
    trust: swarm.trust,
    driver: memoryBus({ clock }),
    clock,
    ids: { uuidv7: () => swarm.uuid() },
    replay: replayMemory(clock),
    quarantine: { keep: async () => undefined },
    contents: { keep: unexpected, fetch: unexpected },
  });

const logged = async (requestWire: string, answerWire: string) => {
  const record = taskRecord({ session_id: session, request_wire: requestWire, answer_wire: answerWire });
  const fabric = { blobsOf: () => blobs, mailboxOf };
  return (await loggedMessages(sessionRecord({ session_id: session }), [record], fabric)).map(({ wire }) => wire);
};

const request = await mailboxOf('coordinator').sealRequest(aTask('pricing'), {
  session,
  dispatch: 1,
  deadlineMs: clock.nowMs() + 1,
});

test.each([
  ['no JSON', '{"content_ref":'],
  ['a reference that is none', '{"content_ref":{"uri":7}}'],
  ['a changed message', request.replace('eu-west-1', 'eu-west-2')],
])('an answer that somebody wrote into the state, %s, is no part of the log', async (_what, forged) => {
  expect(await logged(request, forged)).toStrictEqual([request]);
  expect(await logged(forged, request)).toStrictEqual([request]);
});
