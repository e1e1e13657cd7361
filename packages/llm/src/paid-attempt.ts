import type { Ids, Ledger } from '@infrafabric/protocol';
import { isTaskCancelledError, timeout, TimeoutStrategy } from 'cockatiel';
import { LlmError } from './errors.ts';
import type { ModelDriver, ModelReply, ModelRequest } from './model-driver.ts';
import type { PricedModel, Usage } from './model-table.ts';
import type { RequestWindow } from './request-window.ts';
import { type Budget, reserve } from './spending.ts';

/** What one attempt is made with. */
export interface AttemptPorts {
  readonly driver: ModelDriver;
  readonly model: PricedModel;
  readonly ledger: Ledger;
  readonly budgets: () => readonly Budget[];
  readonly ids: Ids;
  readonly window: RequestWindow;
  readonly timeoutMs: number;
}

/** An answer and what it cost, billionths of a USD. */
export interface PaidReply {
  readonly reply: ModelReply;
  readonly nanoUsd: number;
}

/** Tokens a provider may add to a request for the schema and the roles; own choice, well above what its pages name for tools. */
const OVERHEAD_TOKENS = 2_048;

/**
 * One attempt: waits for its turn, reserves the most it can cost, asks, and settles what it did cost. When it is not known
 * whether an answer was charged for (a timeout, a broken connection), all of the reservation is spent; `onLost` hears of it.
 */
export async function paidAttempt(
  ports: AttemptPorts,
  request: ModelRequest,
  { signal, onLost }: { readonly signal: AbortSignal; readonly onLost: (nanoUsd: number) => void },
): Promise<PaidReply> {
  await ports.window.take(signal);
  if (signal.aborted) throw new LlmError('LLM_CANCELLED', { message: 'cancelled before the request', isUnpaid: true });
  const amount = upperBound(ports.model, request);
  const held = await reserve(ports.ledger, ports.budgets(), { entry: ports.ids.uuidv7(), amount });
  try {
    const reply = await inTime(ports, request, signal);
    const nanoUsd = isPlausible(reply.usage) ? Math.min(amount, ports.model.cost(reply.usage)) : amount;
    await held.settle(nanoUsd);
    return { reply, nanoUsd };
  } catch (error) {
    const spent = error instanceof LlmError && error.isUnpaid ? 0 : amount;
    await held.settle(spent);
    if (spent > 0) onLost(spent);
    throw error;
  }
}

/** The most a request can cost: a token stands for at least one byte, and every output token allowed is written. */
function upperBound({ cost }: PricedModel, request: ModelRequest): number {
  return cost({
    inputTokens: Buffer.byteLength(JSON.stringify(request)) + OVERHEAD_TOKENS,
    outputTokens: request.maxTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  });
}

const isPlausible = (usage: Usage): boolean =>
  Object.values(usage).every((tokens) => Number.isSafeInteger(tokens) && tokens >= 0) && usage.inputTokens > 0;

async function inTime(
  { driver, timeoutMs }: AttemptPorts,
  request: ModelRequest,
  outer: AbortSignal,
): Promise<ModelReply> {
  try {
    return await timeout(timeoutMs, TimeoutStrategy.Aggressive).execute(
      ({ signal }) => driver.complete(request, signal),
      outer,
    );
  } catch (error) {
    if (outer.aborted) throw new LlmError('LLM_CANCELLED', { message: 'the request was cancelled', cause: error });
    if (!isTaskCancelledError(error)) throw error;
    throw new LlmError('LLM_TIMEOUT', { message: `no answer within ${timeoutMs / 1_000} s`, cause: error });
  }
}
