import { type Envelope, isDeferred, type Message, type Performative } from './message.ts';
import { ProtocolError } from './protocol-error.ts';
import { type TrustedKey, matchesSubject } from './trusted-key.ts';

/** Which side of the bus performs each act. */
const SIDE: Readonly<Record<Performative, 'coordinator' | 'worker'>> = {
  request: 'coordinator',
  challenge: 'coordinator',
  cancel: 'coordinator',
  close: 'coordinator',
  accept: 'worker',
  progress: 'worker',
  inform: 'worker',
  refuse: 'worker',
  failure: 'worker',
  confirm: 'worker',
  disconfirm: 'worker',
  'not-understood': 'worker',
};

/**
 * Refuses a message its sender may not send.
 *
 * The sender's address must fit the key's subject, and its role must be one the key holds. Coordinators order and close;
 * workers answer, and only for tasks of their own role. An order goes to the role that owns its task. What content says is
 * judged where it is there: `refuseForeignType` judges content that travelled beside its message.
 * @throws ProtocolError `BUS_SENDER_MISMATCH`, `BUS_ROLE_FORBIDDEN`.
 */
export function refuseUnlessAuthorised(message: Envelope, key: TrustedKey): void {
  if (!matchesSubject(key.subject, message.sender)) {
    throw new ProtocolError('BUS_SENDER_MISMATCH', {
      message: `expected a sender like ${key.subject}, got ${message.sender}`,
      where: message.message_id,
    });
  }
  const role = roleIn(message.sender);
  if (!key.roles.some((held) => held === role)) throw forbidden(message, `a role this key holds, got ${role}`);
  const side = SIDE[message.performative];
  if ((role === 'coordinator' ? 'coordinator' : 'worker') !== side) {
    throw forbidden(message, `${message.performative} from a ${side}, got it from ${role}`);
  }
  const owner = side === 'worker' ? role : roleIn(message.receiver);
  if ('task' in message && roleOfTask(message.task.task_id) !== owner) {
    throw forbidden(message, `a task of ${owner}, got ${message.task.task_id}`);
  }
  if (!isDeferred(message)) refuseForeignType(message);
}

/** Refuses an order whose task type belongs to another role than its receiver's. @throws ProtocolError `BUS_ROLE_FORBIDDEN`. */
export function refuseForeignType(message: Message): void {
  if (message.performative !== 'request' && message.performative !== 'challenge') return;
  const { type } = message.content.task;
  const owner = roleIn(message.receiver);
  if (roleOfType(type) !== owner) throw forbidden(message, `a task type of ${owner}, got ${type}`);
}

/** The role inside an agent address (`if://agent/<session>/<role>/<instance>`) or a role address (`if://role/<role>`). */
function roleIn(address: string): string {
  const segments = address.split('/');
  return (segments[2] === 'role' ? segments[3] : segments[4]) ?? '';
}

const roleOfTask = (taskId: string): string => taskId.slice(0, taskId.indexOf('/'));
const roleOfType = (type: string): string => type.slice(0, type.indexOf('.'));

function forbidden(message: Envelope, expected: string): ProtocolError {
  return new ProtocolError('BUS_ROLE_FORBIDDEN', { message: `expected ${expected}`, where: message.message_id });
}
