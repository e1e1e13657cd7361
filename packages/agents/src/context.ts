import type { JsonObject } from '@infrafabric/protocol';
import { AgentError } from './errors.ts';

/** A text that every task of this type is given. @throws AgentError `WORK_LIST_INVALID` when it is not there. */
export function contextText(context: JsonObject, name: string): string {
  const value = context[name];
  if (typeof value === 'string') return value;
  throw new AgentError('WORK_LIST_INVALID', {
    message: `expected a text, got ${typeof value}`,
    where: `context.${name}`,
  });
}
