import type { Handler, OpenedMessage, TakeOptions } from '@infrafabric/bus';
import {
  digestOf,
  type Envelope,
  type Message,
  ProtocolError,
  type SessionId,
  type StateStore,
  WorkerRole,
} from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { tellRefusals } from '../refusals.ts';

/** How the answers to a coordinator are handled that remembers nothing between them. */
export interface AnswerHandling {
  readonly handler: Handler;
  readonly options: TakeOptions;
}

/** Tells the end of each task that an answer reports, and hands the session on; what is bound to no request of ours is refused. */
export function answerHandling(
  ports: Pick<CoordinatorPorts, 'state' | 'observer' | 'clock'>,
  onHint: (session: SessionId) => Promise<void>,
): AnswerHandling {
  return {
    handler: async ({ message, session }) => {
      await onHint(session);
      tellEnd(message, session, ports);
    },
    options: { admit: async (opened) => refuseUnbound(opened, ports.state), onOutcome: tellRefusals(ports) },
  };
}

/**
 * An answer to something its session never asked is no answer; the request on record tells. One to an earlier dispatch of a
 * task is late, not foreign: its request is no longer on record.
 *
 * @throws ProtocolError `BUS_REPLY_UNBOUND`.
 */
async function refuseUnbound(
  { message, session }: OpenedMessage<Envelope>,
  state: Pick<StateStore, 'task'>,
): Promise<void> {
  if (!('in_reply_to' in message) || !('task' in message)) return;
  const record = await state.task(session, message.task.task_id);
  if (record !== undefined && message.task.dispatch < record.dispatch) return;
  if (record !== undefined && digestOf(record.request_wire) === message.in_reply_to.sha256) return;
  throw new ProtocolError('BUS_REPLY_UNBOUND', {
    message: 'expected an answer to a request of this session, for the task it asked about',
    where: message.message_id,
  });
}

function tellEnd(
  message: Message,
  session_id: SessionId,
  { observer, clock }: Pick<CoordinatorPorts, 'observer' | 'clock'>,
): void {
  const { performative } = message;
  const isDone = performative === 'inform' || performative === 'confirm' || performative === 'disconfirm';
  if (!isDone && performative !== 'failure') return;
  const { task_id } = message.task;
  const role = WorkerRole.parse(task_id.slice(0, task_id.indexOf('/')));
  const ended =
    message.performative !== 'failure'
      ? ({ state: 'DONE' } as const)
      : ({ state: 'FAILED', code: message.content.code } as const);
  observer.event({ type: 'task-ended', session_id, at_ms: clock.nowMs(), task_id, role, ...ended });
}
