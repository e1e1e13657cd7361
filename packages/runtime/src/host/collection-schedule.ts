import type { Schedules } from './schedules.ts';

/** The name of the schedule of the setting, and of that setting; no name that the API takes. */
export const COLLECTION_SCHEDULE = 'AWS_COLLECTION_SCHEDULE';

/** Makes the schedules say what the setting says: an analysis of the account of this machine, or none when `cron` is empty. */
export function keepCollectionSchedule(schedules: Schedules, cron: string): void {
  const kept = schedules.list().find(({ name }) => name === COLLECTION_SCHEDULE);
  if (cron === '') schedules.remove(COLLECTION_SCHEDULE);
  else if (kept?.cron !== cron) schedules.put(COLLECTION_SCHEDULE, { cron, asked: { live: {} } });
}
