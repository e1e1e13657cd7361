import { LlmError } from '../errors.ts';
import type { ModelDriver } from '../model-driver.ts';

/** No model: whatever is asked is refused, and nothing leaves this process. */
export function noneDriver(): ModelDriver {
  return {
    name: 'none',
    endpoint: async () => 'nowhere',
    complete: async () => {
      throw new LlmError('LLM_AUTH', { message: 'no model was chosen', fix: '--llm anthropic', isUnpaid: true });
    },
    close: () => undefined,
  };
}
