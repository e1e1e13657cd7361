import type { OpenedRequest } from '@infrafabric/bus';
import { isInfraFabricError, type TaskRecord } from '@infrafabric/protocol';
import type { WorkerPorts } from '../ports.ts';
import { heartbeat } from '../task-machine.ts';

/** A lease that is being kept. */
export interface Beating {
  /** Aborts when the lease is lost. */
  readonly signal: AbortSignal;
  /** Ends the beat; resolves when the last one is through, so that it cannot undo what is settled next. */
  readonly stop: () => Promise<void>;
}

/** Says at every `heartbeatMs` that the task is in work: to the coordinator by the fence, to the queue by the message. */
export function keepBeating(request: OpenedRequest, record: TaskRecord, ports: WorkerPorts): Beating {
  const lost = new AbortController();
  const done = new AbortController();
  const beats = async (): Promise<void> => {
    while (!lost.signal.aborted) {
      await ports.clock.sleep(ports.pace.heartbeatMs, done.signal);
      if (done.signal.aborted) return;
      if (!(await beat(request, record, ports))) lost.abort();
    }
  };
  const beating = beats();
  return {
    signal: lost.signal,
    async stop() {
      done.abort('the beat is over'); // a reason costs less than the error that stands in for none
      await beating;
    },
  };
}

/** Whether the lease is still ours, as far as anybody can tell: a store that is away for a beat takes nothing from us. */
async function beat(request: OpenedRequest, record: TaskRecord, ports: WorkerPorts): Promise<boolean> {
  try {
    const held = await ports.state.changeTask(request.session, record.task_id, heartbeat(record.fence));
    if (held !== undefined) await request.extend();
    return held !== undefined;
  } catch (error) {
    return isInfraFabricError(error) && error.retry === 'later';
  }
}
