import { expect, test } from 'vitest';
import { refuseUnlessAuthorised } from './authority.ts';
import { type Performative, Message } from './message.ts';
import { Role } from './role.ts';
import { ANY_RESULT, aRequest, aSwarm, anOpenedRequest, codeOf } from './testing/index.ts';
import { matchesSubject } from './trusted-key.ts';

const swarm = aSwarm();
const request = aRequest(swarm);
const { message: asked, sha256 } = anOpenedRequest(swarm);

/** DESIGN 5: request, cancel, close and challenge are the coordinator's; the rest is the addressed role's. */
const ORDERS: readonly Performative[] = ['request', 'cancel', 'close', 'challenge'];
const ANSWERS: readonly Performative[] = [
  'accept',
  'progress',
  'inform',
  'refuse',
  'failure',
  'confirm',
  'disconfirm',
  'not-understood',
];

test('the table covers every act', () => {
  expect([...ORDERS, ...ANSWERS].sort()).toStrictEqual(
    Message.options.map((option) => option.shape.performative.value).sort(),
  );
});

test.each(Role.options.flatMap((role) => [...ORDERS, ...ANSWERS].map((act) => ({ role, act }))))(
  '$role, $act',
  ({ role, act }) => {
    const allowed = role === 'coordinator' ? ORDERS.includes(act) : ANSWERS.includes(act);

    expect(verdict(role, act, role === 'coordinator' ? 'pricing' : role)).toBe(
      allowed ? 'no error' : 'BUS_ROLE_FORBIDDEN',
    );
  },
);

test.each(['accept', 'progress', 'inform', 'refuse', 'failure', 'confirm', 'disconfirm'] as const)(
  'a pricing worker sends no %s for a task of budget',
  (act) => {
    expect(verdict('pricing', act, 'budget')).toBe('BUS_ROLE_FORBIDDEN');
  },
);

test('the task type of an order belongs to the role it is sent to', () => {
  const { content } = aRequest(swarm, 'budget');
  const order = { ...message('coordinator', 'request', 'pricing'), content };

  expect(codeOf(() => refuseUnlessAuthorised(loose(order), keyOf('coordinator')))).toBe('BUS_ROLE_FORBIDDEN');
});

test('the coordinator orders a task only from the role that owns it', () => {
  const pricing = message('coordinator', 'request', 'pricing');
  const key = keyOf('coordinator');

  expect(codeOf(() => refuseUnlessAuthorised({ ...pricing, receiver: 'if://role/budget' }, key))).toBe(
    'BUS_ROLE_FORBIDDEN',
  );
  expect(codeOf(() => refuseUnlessAuthorised(message('coordinator', 'request', 'budget'), key))).toBe(
    'BUS_ROLE_FORBIDDEN',
  );
});

test('an address is no proof of a role: the key must hold it', () => {
  const key = { ...keyOf('pricing'), subject: 'if://agent/*/*/*' };

  expect(codeOf(() => refuseUnlessAuthorised(message('coordinator', 'cancel', 'pricing'), key))).toBe(
    'BUS_ROLE_FORBIDDEN',
  );
});

test.each([
  ['if://agent/*/pricing/*', 'if://agent/s/pricing/0', true],
  ['if://agent/*/pricing/*', 'if://agent/s/budget/0', false],
  ['if://agent/s/pricing/0', 'if://agent/s/pricing/0', true],
  ['if://agent/s/pricing/0', 'if://agent/s/pricing/01', false],
  ['if://agent/*/pricing/*', 'if://agent/s/x/pricing/0', false],
  ['if://agent/*/pricing/*', 'if://agent/s/pricing', false],
])('subject %s, agent %s: %s', (subject, agent, fits) => {
  expect(matchesSubject(subject, agent)).toBe(fits);
});

function verdict(role: Role, act: Performative, owner: Role): string {
  return codeOf(() => refuseUnlessAuthorised(message(role, act, owner), keyOf(role)));
}

function message(role: Role, act: Performative, owner: Role): Message {
  const task_id = `${owner}/ec2/eu-west-1/0`;
  // Only what the rule reads is filled in; the schema has judged the rest before.
  return loose({
    ...request,
    ...ANY_RESULT,
    performative: act,
    sender: swarm.agents[role].address,
    receiver: ORDERS.includes(act) ? `if://role/${owner}` : 'if://role/coordinator',
    in_reply_to: { message_id: asked.message_id, sha256 },
    task: act === 'not-understood' || act === 'close' ? undefined : { task_id, dispatch: 1, fence: 1 },
    content: act === 'request' || act === 'challenge' ? request.content : {},
  });
}

function loose(value: object): Message {
  return JSON.parse(JSON.stringify(value));
}

function keyOf(role: Role) {
  return swarm.trust.keys.get(swarm.agents[role].signer.keyId)!;
}
