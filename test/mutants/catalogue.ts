import { BUS } from './catalogue/bus.ts';
import { COORDINATOR } from './catalogue/coordinator.ts';
import { MESSAGES } from './catalogue/messages.ts';
import { RESULTS } from './catalogue/results.ts';
import { SESSION } from './catalogue/session.ts';
import { STORE } from './catalogue/store.ts';
import { TASK_MACHINE } from './catalogue/task-machine.ts';
import { WORKER } from './catalogue/worker.ts';
import type { Mutant } from './mutant.ts';

/** Every safeguard, switched off one by one. */
export const MUTANTS: readonly Mutant[] = [
  ...TASK_MACHINE,
  ...WORKER,
  ...COORDINATOR,
  ...SESSION,
  ...RESULTS,
  ...MESSAGES,
  ...BUS,
  ...STORE,
];
