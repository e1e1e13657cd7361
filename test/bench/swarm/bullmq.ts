import { createHash } from 'node:crypto';
import { type AppendFsync, startRedis } from '@infrafabric/collect/testing';
import { FlowProducer, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Cost, costOf } from './cost.ts';

/** Tasks in work at the same time, as a worker of ours has. */
const CONCURRENCY = 10;

/** A flow of so many children that hash a number, until its parent is done; a Redis of its own for each append-only setting. */
export interface BullmqPeer {
  readonly flowOf: (tasks: number) => Promise<Cost>;
  readonly close: () => Promise<void>;
}

/** Opens a Redis that flushes as told, and a worker for children and parents. Processor time is without that of Redis. */
export async function openBullmq(appendFsync: AppendFsync): Promise<BullmqPeer> {
  const server = await startRedis(appendFsync);
  const connection = new Redis(server.url, { maxRetriesPerRequest: null });
  const producer = new FlowProducer({ connection });
  const hash = async ({ data }: { data: { n: number } }): Promise<string> =>
    Promise.resolve(createHash('sha256').update(String(data.n)).digest('hex'));
  const child = new Worker('child', hash, { connection, concurrency: CONCURRENCY });
  const parent = new Worker('parent', async () => Promise.resolve(), { connection });
  const listening = connection.duplicate();
  const events = new QueueEvents('parent', { connection: listening });
  await Promise.all([child.waitUntilReady(), parent.waitUntilReady(), events.waitUntilReady()]);
  return {
    async flowOf(tasks) {
      const children = Array.from({ length: tasks }, (_, n) => ({ name: 'task', queueName: 'child', data: { n } }));
      return costOf(async () => {
        const { job } = await producer.add({ name: 'session', queueName: 'parent', children });
        await job.waitUntilFinished(events);
      });
    },
    async close() {
      await Promise.all([child.close(), parent.close(), producer.close(), events.close()]);
      for (const one of [connection, listening]) one.disconnect();
      await server.stop();
    },
  };
}
