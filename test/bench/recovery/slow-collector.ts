import { AGENTS } from '@infrafabric/agents';

/**
 * Preload (`node --import`): each task of a collector takes 50 ms longer. The product knows nothing of it, and nothing else in the process
 * differs from what ships.
 */
const TASK_MS = 50;

const collector = AGENTS.find(({ role }) => role === 'collector');
if (collector === undefined) throw new Error('expected a collector among the agents');
const { perform } = collector;
const slow: typeof perform = async (order, desk) => {
  await new Promise((resolve) => setTimeout(resolve, TASK_MS));
  return perform(order, desk);
};
Object.assign(collector, { perform: slow });
