import { type Setting, wholeNumber } from './setting.ts';

/** How long a session, and a task of it, may take. */
export const DEADLINE_SETTINGS = {
  sessionDeadlineMinutes: {
    env: 'INFRAFABRIC_DEADLINE_MINUTES',
    flag: 'deadline-minutes',
    key: 'deadline_minutes',
    unit: 'minutes',
    describe:
      'A session that has not ended by then ends with its open tasks as gaps, also when it was left and is resumed later',
    fallback: 60,
    parse: wholeNumber(1, 10_080),
  } satisfies Setting<number>,
  taskLimitMinutes: {
    env: 'INFRAFABRIC_TASK_MINUTES',
    key: 'task_minutes',
    unit: 'minutes',
    describe:
      'A worker that is not done with a task by then gives it up, and it is a gap; never longer than the session',
    fallback: 30,
    parse: wholeNumber(1, 10_080),
  } satisfies Setting<number>,
} as const;
