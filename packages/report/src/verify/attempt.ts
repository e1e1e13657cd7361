import { isInfraFabricError } from '@infrafabric/protocol';
import type { Problem } from './problem.ts';

/** Runs one check; what it throws becomes a problem with this code and place, and the answer is `undefined`. */
export function attempt<T>(code: Problem['code'], where: string, problems: Problem[], check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    problems.push({ code, where, message: firstLine(error) });
    return undefined;
  }
}

/** The first line of what an error says, behind its code. */
export function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return 'unreadable';
  const line = (error.message.split('\n')[0] ?? '').slice(0, 500);
  return isInfraFabricError(error) ? `${error.code}: ${line}` : line;
}
