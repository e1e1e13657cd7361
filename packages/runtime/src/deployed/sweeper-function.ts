import { endOverdue, isDocument, openLateWake, sealWake, sweepDeadLetters, wakeOf } from '@infrafabric/agents';
import type { SessionId } from '@infrafabric/protocol';
import type { Fabric } from '../fabric.ts';
import { functionTelemetry } from './function-telemetry.ts';
import { once } from './once.ts';
import { type FunctionEnvironment, openDeployment } from './open-deployment.ts';

/** What a sweep did: sessions that got a note or were ended, and dead letters that were taken in. */
export interface Swept {
  readonly woken: number;
  readonly ended: number;
  readonly dead: number;
}

/**
 * The function that looks after every session once a minute: one that nobody ends long after its deadline is ended, and all
 * others get a note, which starts something only where the chain of notes broke. Dead letters of every role are taken in first.
 */
export function sweeperFunction(environment: FunctionEnvironment = process.env): () => Promise<Swept> {
  const opened = once(async () => {
    const deployment = await openDeployment('coordinator', environment);
    return { ...deployment, telemetry: await functionTelemetry(deployment.fabric) };
  });
  return async () => {
    const { fabric, queue, coordinatorPorts, telemetry } = await opened();
    const ports = coordinatorPorts(telemetry.observer);
    const signer = fabric.keys.signerOf('coordinator');
    const dead = await sweepDeadLetters(ports, { otherOf: noteOf(fabric) });
    let [woken, ended] = [0, 0];
    for (const session of await fabric.state.sessions({ onlyOpen: true })) {
      if (await endOverdue(session, ports)) {
        ended += 1;
        continue;
      }
      await queue.send(sealWake(wakeOf(session, fabric.clock.nowMs()), signer), 0);
      woken += 1;
    }
    await telemetry.recordGauges();
    await telemetry.flush();
    return { woken, ended, dead: dead.kept + dead.quarantined };
  };
}

/** The session of a note that a coordinator wrote to itself; another document is none of ours. */
const noteOf =
  ({ keys, clock }: Pick<Fabric, 'keys' | 'clock'>) =>
  (text: string): SessionId | undefined =>
    isDocument(text) ? openLateWake(text, { trust: keys.trust, nowMs: clock.nowMs() }).session_id : undefined;
