import { taskHandling } from '@infrafabric/agents';
import type { SqsBatchResponse, SqsRecord } from '@infrafabric/bus';
import type { WorkerRole } from '@infrafabric/protocol';
import { withDeadline } from './deadline.ts';
import { functionTelemetry } from './function-telemetry.ts';
import { once } from './once.ts';
import { type FunctionEnvironment, openDeployment } from './open-deployment.ts';

/** What handles the messages of a queue; `remainingMs` is what is left of the invocation. */
export type QueueFunction = (records: readonly SqsRecord[], remainingMs: number) => Promise<SqsBatchResponse>;

/** The function of a worker role: every message of the batch is settled for itself, and work is laid down before time is up. */
export function workerFunction(role: WorkerRole, environment: FunctionEnvironment = process.env): QueueFunction {
  const opened = once(async () => {
    const { agentPorts, queue, fabric } = await openDeployment(role, environment);
    const { observer, flush } = await functionTelemetry(fabric);
    return { queue, flush, ...agentPorts(role, observer) };
  });
  return async (records, remainingMs) => {
    const { queue, flush, agent, ports } = await opened();
    return withDeadline(remainingMs, async (deadline) => {
      const { handler, options } = taskHandling(agent, ports, deadline);
      const answer = await queue.settle(records, async (delivery) => ports.mailbox.take(delivery, handler, options));
      await flush();
      return answer;
    });
  };
}
