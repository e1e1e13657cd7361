import {
  answerHandling,
  type CoordinatorPorts,
  isDocument,
  openPasses,
  openWake,
  type PassEnd,
  type Passes,
  sealWake,
  type Wake,
} from '@infrafabric/agents';
import { type Delivery, type Handling, settle } from '@infrafabric/bus';
import { withDeadline } from './deadline.ts';
import { functionTelemetry } from './function-telemetry.ts';
import { once } from './once.ts';
import { type Deployment, type FunctionEnvironment, openDeployment } from './open-deployment.ts';
import { type EndedSessions, openEndedSessions } from './ended-sessions.ts';
import { openTurns, type Turns } from './turns.ts';
import type { QueueFunction } from './worker-function.ts';

/**
 * The function of the coordinator: answers hint at news, notes to itself keep sessions going. Every message leads to one pass
 * over its session, which waits for nothing; a batch of answers about one session to one pass.
 */
export function coordinatorFunction(environment: FunctionEnvironment = process.env): QueueFunction {
  const opened = once(async () => {
    const deployment = await openDeployment('coordinator', environment);
    const { observer, flush } = await functionTelemetry(deployment.fabric);
    const ports = deployment.coordinatorPorts(observer);
    return { deployment, flush, ports, passes: openPasses(ports), ended: openEndedSessions(deployment.fabric) };
  });
  return async (records, remainingMs) => {
    const open = await opened();
    return withDeadline(remainingMs, async (stop) => {
      const invocation = { ...open, stop, turns: openTurns() };
      const answer = await open.deployment.queue.settle(records, takerOf(invocation));
      await open.flush();
      return answer;
    });
  };
}

interface Invocation {
  readonly deployment: Deployment;
  readonly ports: CoordinatorPorts;
  readonly passes: Passes;
  readonly ended: EndedSessions;
  readonly turns: Turns;
  readonly stop: AbortSignal;
}

function takerOf(invocation: Invocation): (delivery: Delivery) => Promise<unknown> {
  const { ports, passes, turns, stop } = invocation;
  const { handler, options } = answerHandling(ports, async (session) =>
    turns.single(session, async () => follow(await passes.hint(session, stop), invocation)),
  );
  const handling = noteHandling(invocation);
  return async (delivery) =>
    isDocument(delivery.body) ? settle(delivery, handling) : ports.mailbox.take(delivery, handler, options);
}

function noteHandling(invocation: Invocation): Handling<Wake> {
  const { deployment, passes, turns, stop } = invocation;
  const { keys, clock, quarantine } = deployment.fabric;
  return {
    open: (body) => openWake(body, { trust: keys.trust, nowMs: clock.nowMs() }),
    handle: async (wake) => {
      await turns.next(wake.session_id, async () => follow(await passes.wake(wake, stop), invocation));
      return undefined;
    },
    answer: async () => undefined,
    giveUp: async () => undefined,
    quarantine: async (body, { code }) => quarantine.keep(body, code),
  };
}

/** Does what the end of a pass asks for, before its message is deleted. */
async function follow(end: PassEnd, { deployment, ended, stop }: Invocation): Promise<void> {
  if (end.end === 'over') await ended.settle(end.session, stop);
  if (end.end !== 'open') return;
  const signer = deployment.fabric.keys.signerOf('coordinator');
  await deployment.queue.send(sealWake(end.wake, signer), end.afterMs);
}
