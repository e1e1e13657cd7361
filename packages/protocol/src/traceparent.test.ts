import { expect, test } from 'vitest';
import { replyTo, requestFor } from './compose.ts';
import { openMessage } from './open.ts';
import { ANY_RESULT, anOpenedRequest, aSwarm, aTask, codeOf } from './testing/index.ts';
import { traceparentOf } from './traceparent.ts';

/** The example of W3C Trace Context, section 3.2.4. */
const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const header = { sender: coordinator.address, uuid: swarm.uuid(), nowMs: swarm.nowMs, traceparent: PARENT };
const request = requestFor(aTask(), {
  ...header,
  session: swarm.session,
  dispatch: 1,
  deadlineMs: swarm.nowMs + 60_000,
});

test('an order carries the trace it belongs to, and so does its answer', () => {
  const opened = openMessage(coordinator.sequence.seal(request), pricing.context());
  const reply = { performative: 'inform', fence: 1, ...ANY_RESULT } as const;
  const answer = replyTo(anOpenedRequest(swarm), reply, { ...header, sender: pricing.address, uuid: swarm.uuid() });

  expect([traceparentOf(opened.message), traceparentOf(answer)]).toStrictEqual([PARENT, PARENT]);
});

test('a trace that was changed on the way is refused: it is signed', () => {
  const wire = coordinator.sequence.seal({ ...request, message_id: `if://message/${swarm.uuid()}` });
  const changed = wire.replace('00f067aa0ba902b7', '00f067aa0ba902b8');

  expect(codeOf(() => openMessage(changed, pricing.context()))).toBe('BUS_SIGNATURE_INVALID');
});

// W3C Trace Context 3.2.2: version, lower-case hex, neither id all zeros.
test.each([
  undefined,
  '4bf92f3577b34da6a3ce929d0e0e4736',
  '01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
  '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  `${PARENT}\n`,
])('%j is no trace', (traceparent) => {
  expect(traceparentOf({ ext: traceparent === undefined ? {} : { traceparent } })).toBe(undefined);
});
