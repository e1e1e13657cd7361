import type { Instance } from './instance.ts';

/** AWS prints `User initiated (2024-02-08 17:03:16 GMT)`. Source: recorded DescribeInstances answers of 2016 to 2025. */
const TRANSITION_DATE = /\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) GMT\)/;

/** When a stopped instance was stopped, ISO 8601 Z; `undefined` when the answer does not say. */
export function stoppedAt(instance: Instance): string | undefined {
  const [, day, time] = TRANSITION_DATE.exec(instance.StateTransitionReason ?? '') ?? [];
  return day === undefined || time === undefined ? undefined : `${day}T${time}Z`;
}
