import { setTimeout as sleep } from 'node:timers/promises';
import { AGENTS } from '@infrafabric/agents';

/**
 * Loaded before the product, makes one kind of task kill its worker each time, as a native crash or the kernel's memory guard
 * does. What the worker holds beside it has time to end.
 */
const pricing = AGENTS.find(({ role }) => role === 'pricing');
const perform = pricing?.perform;
if (pricing === undefined || perform === undefined) throw new TypeError('expected a pricing agent');

Object.assign(pricing, {
  perform: async (...given: Parameters<typeof perform>) => {
    if (given[0].type !== 'pricing.commitments') return perform(...given);
    await sleep(300);
    process.kill(process.pid, 'SIGKILL');
    return sleep(60_000);
  },
});
