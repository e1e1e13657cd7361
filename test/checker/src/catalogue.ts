import type { Invariant } from './invariant.ts';
import { ACKNOWLEDGEMENT } from './invariants/acknowledgement.ts';
import { BUDGETS } from './invariants/budgets.ts';
import { CANCEL } from './invariants/cancel.ts';
import { COMMITS } from './invariants/commits.ts';
import { DEAD_LETTERS } from './invariants/dead-letters.ts';
import { FENCES } from './invariants/fences.ts';
import { MESSAGE_IDS } from './invariants/message-ids.ts';
import { REFUSALS } from './invariants/refusals.ts';
import { REPORT_TASKS, WORK_KEPT } from './invariants/report-tasks.ts';
import { CLAIMS_CITE, NO_MARKERS, SAME_REPORT } from './invariants/report-text.ts';
import { RESULTS_BOUND, RESULTS_HASHED, RESULTS_SIGNED } from './invariants/results.ts';
import { SESSION_AFTER_TASKS, SESSION_ENDS } from './invariants/session-ends.ts';
import { CLOSE_COMPLETE, LOG_CHAIN } from './invariants/session-log.ts';
import { TASK_ENDS } from './invariants/task-ends.ts';
import { SECRETS, TENANTS } from './invariants/tenants.ts';
import { TERMINAL_ITEMS } from './invariants/terminal-items.ts';

/** Every promise a history is held against. */
export const INVARIANTS: readonly Invariant[] = [
  TASK_ENDS,
  TERMINAL_ITEMS,
  FENCES,
  COMMITS,
  SESSION_ENDS,
  SESSION_AFTER_TASKS,
  REPORT_TASKS,
  RESULTS_SIGNED,
  RESULTS_BOUND,
  RESULTS_HASHED,
  CLAIMS_CITE,
  NO_MARKERS,
  SAME_REPORT,
  BUDGETS,
  REFUSALS,
  MESSAGE_IDS,
  LOG_CHAIN,
  CLOSE_COMPLETE,
  WORK_KEPT,
  ACKNOWLEDGEMENT,
  SECRETS,
  TENANTS,
  CANCEL,
  DEAD_LETTERS,
];
