import { endOverdue, sealWake, wakeOf } from '@infrafabric/agents';
import { isSessionOver } from '@infrafabric/protocol';
import { functionObserver } from './function-observer.ts';
import { once } from './once.ts';
import { type FunctionEnvironment, openDeployment } from './open-deployment.ts';

/** What a sweep did, by sessions. */
export interface Swept {
  readonly woken: number;
  readonly ended: number;
}

/**
 * The function that looks after every session once a minute: one that nobody ends long after its deadline is ended, and all
 * others get a note, which starts something only where the chain of notes broke.
 */
export function sweeperFunction(environment: FunctionEnvironment = process.env): () => Promise<Swept> {
  const opened = once(async () => openDeployment('coordinator', environment));
  return async () => {
    const { fabric, queue, coordinatorPorts } = await opened();
    const ports = coordinatorPorts(functionObserver(fabric.config));
    const signer = fabric.keys.signerOf('coordinator');
    let [woken, ended] = [0, 0];
    for (const session of await fabric.state.sessions()) {
      if (isSessionOver(session.state)) continue;
      if (await endOverdue(session, ports)) {
        ended += 1;
        continue;
      }
      await queue.send(sealWake(wakeOf(session, fabric.clock.nowMs()), signer), 0);
      woken += 1;
    }
    return { woken, ended };
  };
}
