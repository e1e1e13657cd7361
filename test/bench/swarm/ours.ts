import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  embeddedSteps,
  embeddedSwarm,
  type EmbeddedSwarm,
  type EmbeddedSwarmOptions,
} from '@infrafabric/agents/testing';
import { openAwsLocal } from '@infrafabric/aws-local';
import type { SessionEvent } from '@infrafabric/protocol';
import { type Cost, costOf } from './cost.ts';

let swarms = 0;

/** Gives a swarm on an embedded AWS of its own, in a file that is removed afterwards, to `use`. */
export async function withSwarm<T>(
  use: (swarm: EmbeddedSwarm) => Promise<T>,
  options: Omit<EmbeddedSwarmOptions, 'name'> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-swarm-'));
  const aws = openAwsLocal({ file: join(folder, 'aws.db') });
  try {
    const swarm = await embeddedSwarm(aws.requestHandler(), { ...options, name: `bench ${(swarms += 1)}` });
    return await use(swarm).finally(swarm.close);
  } finally {
    await aws.close();
    rmSync(folder, { recursive: true });
  }
}

/** One session of so many tasks that do nothing, from its plan to its report. */
export async function swarmOf(tasks: number): Promise<Cost> {
  return withSwarm(async (swarm) => {
    const session = await swarm.create(tasks);
    return costOf(() => swarm.run(session));
  });
}

/** Milliseconds from a plan to the end of its only task, as the coordinator tells them, one session after another. */
export async function roundTrips(sessions: number): Promise<number[]> {
  const trips: number[] = [];
  let plannedAt = 0;
  const onEvent = ({ type }: SessionEvent): void => {
    if (type === 'plan-made') plannedAt = performance.now();
    if (type === 'task-ended') trips.push(performance.now() - plannedAt);
  };
  await withSwarm(
    async (swarm) => {
      for (let session = 0; session < sessions; session += 1) await swarm.run(await swarm.create(1));
    },
    { onEvent },
  );
  return trips;
}

/** Tasks of one session, each sent after the answer to the one before it was heard and found in the state. */
export async function stepsInSequence(count: number): Promise<Cost> {
  return withSwarm(async (swarm) => {
    const steps = await embeddedSteps(swarm, count);
    return costOf(steps.run).finally(steps.close);
  });
}
