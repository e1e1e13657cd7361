import type { InputManifest } from '@infrafabric/finops';
import { dispatch } from '../coordinator/dispatch.ts';
import { openInbox } from '../coordinator/inbox.ts';
import { manifestOf } from '../coordinator/plan.ts';
import { planCollection } from '../coordinator/plan-collection.ts';
import type { EmbeddedSwarm } from './embedded-swarm.ts';

/** The tasks of one session, done one after another. */
export interface EmbeddedSteps {
  /** Sends each task once the one before it is over. @throws Error when one does not end DONE. */
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Plans a session of so many tasks whose coordinator does them one by one: each is written, sent, answered and found done. */
export async function embeddedSteps(swarm: EmbeddedSwarm, count: number): Promise<EmbeddedSteps> {
  const ports = swarm.coordinatorPorts();
  const id = await swarm.create(count);
  const session = await ports.state.session(id);
  if (session === undefined) throw new Error(`expected the session ${id}, got none`);
  const manifest: InputManifest = await manifestOf(session, ports);
  const planned = planCollection(manifest, session.request.as_of);
  for (const { workList } of planned) await ports.blobsOf(id).put(workList);

  const inbox = openInbox(ports.clock);
  const stop = new AbortController();
  const consuming = ports.mailbox.consume(async ({ message }) => inbox.hear(message), {
    signal: stop.signal,
  });
  const run = { ports, inbox, stop: stop.signal };
  return {
    async run() {
      for (const { spec } of planned) {
        inbox.clear();
        await dispatch(session, [spec], run);
        await inbox.wait(10_000, 1);
        const record = await ports.state.task(id, spec.task_id);
        if (record?.state !== 'DONE') throw new Error(`expected ${spec.task_id} to be done, got ${record?.state}`);
      }
    },
    async close() {
      stop.abort();
      await consuming;
    },
  };
}
