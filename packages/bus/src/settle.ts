import { type InfraFabricError, isInfraFabricError } from '@infrafabric/protocol';
import { type Delivery, MAX_RECEIVES } from './bus-driver.ts';

/** Why something did not go its way, as messages and dead letters carry it. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** What a handler says about a message it understood; nothing means that it is done with it. */
export type Verdict =
  | undefined
  | { readonly verdict: 'refuse'; readonly reason: Reason }
  | { readonly verdict: 'not-understood'; readonly reason: Reason }
  | { readonly verdict: 'duplicate' }
  | { readonly verdict: 'quarantine'; readonly reason: Reason }
  | { readonly verdict: 'retry'; readonly reason: Reason; readonly afterMs?: number };

/** How one kind of message is opened, handled and disposed of. */
export interface Handling<Opened> {
  /** Verifies a body; what it throws makes the message unverifiable (`never`) or worth another look (`later`). */
  open(body: string): Opened | Promise<Opened>;
  /** Does the work, durably, before it returns. Throws an error of ours, or something unexpected. */
  handle(opened: Opened): Promise<Verdict>;
  /** Tells the sender; called before the message is deleted. */
  answer(opened: Opened, performative: 'refuse' | 'not-understood', reason: Reason): Promise<void>;
  /** Hears that a verified message goes to the dead letters, before it goes. */
  giveUp(opened: Opened, reason: Reason): Promise<void>;
  /** Keeps what could not be verified for a person to look at; nobody is answered. */
  quarantine(body: string, reason: Reason): Promise<void>;
}

/** How a delivery ended. `unsettled` = the queue could not be told; the message will come again. */
export type Outcome =
  | { readonly outcome: 'done' | 'duplicate' }
  | {
      readonly outcome: 'refused' | 'not-understood' | 'dead-lettered' | 'quarantined' | 'unsettled';
      readonly reason: Reason;
    }
  | { readonly outcome: 'retried'; readonly reason: Reason; readonly afterMs: number };

/** A key or a blob may be on its way to us: a message whose own is not there is looked at this often. */
const EARLY_RECEIVES = 3;

const EARLY: ReadonlySet<string> = new Set(['BUS_KEY_UNKNOWN', 'CLAIM_MISSING']);

/** A message in hand may be hidden for 12 hours at most (SQS quota). */
const MAX_RETRY_MS = 43_200_000;

/**
 * Opens and handles one delivery and settles it: the only place that catches what handling a message throws. Never throws.
 *
 * | what happened | message | told |
 * |---|---|---|
 * | handled, duplicate | deleted | nobody |
 * | error `later`, receives left; verdict `retry` | hidden for 1, 2, 4 ... 60 s or as the error asks | nobody |
 * | error `later`, receives spent; error `never`; not our error | dead-letter queue | `giveUp` |
 * | verdict `refuse`, `not-understood` | deleted | the sender |
 * | not verifiable; verdict `quarantine` | quarantined, deleted | nobody |
 */
export async function settle<Opened>(delivery: Delivery, handling: Handling<Opened>): Promise<Outcome> {
  try {
    const opened = await attempt(async () => handling.open(delivery.body));
    if ('error' in opened) return await disposeUnopened(delivery, opened.error, handling);
    const handled = await attempt(async () => handling.handle(opened.value));
    if ('error' in handled)
      return await disposeFailed(delivery, handled.error, async (why) => handling.giveUp(opened.value, why));
    if (handled.value?.verdict === 'quarantine') return await setAside(delivery, handled.value.reason, handling);
    return await disposeHandled(delivery, handled.value, async (act, why) => handling.answer(opened.value, act, why));
  } catch (error) {
    return { outcome: 'unsettled', reason: reasonOf(error) };
  }
}

/** The wait before a message is tried again after its n-th receive: 1, 2, 4 ... 60 seconds. */
export function backoffMs(receiveCount: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.max(0, receiveCount - 1));
}

/** What an error says outside this process: its own code, or `UNEXPECTED`. */
function reasonOf(error: unknown): Reason {
  if (isInfraFabricError(error)) return { code: error.code, message: error.message };
  return { code: 'UNEXPECTED', message: error instanceof Error ? `${error.name}: ${error.message}` : typeof error };
}

type Attempt<Value> = { readonly value: Value } | { readonly error: unknown };

async function attempt<Value>(act: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await act() };
  } catch (error) {
    return { error };
  }
}

async function disposeUnopened<Opened>(
  delivery: Delivery,
  error: unknown,
  handling: Handling<Opened>,
): Promise<Outcome> {
  const reason = reasonOf(error);
  const mayPass = isLater(error) || (EARLY.has(reason.code) && delivery.receiveCount < EARLY_RECEIVES);
  if (mayPass) return retry(delivery, reason, backoffMs(delivery.receiveCount));
  return setAside(delivery, reason, handling);
}

async function setAside(
  delivery: Delivery,
  reason: Reason,
  { quarantine }: Pick<Handling<unknown>, 'quarantine'>,
): Promise<Outcome> {
  await quarantine(delivery.body, reason);
  await delivery.ack();
  return { outcome: 'quarantined', reason };
}

async function disposeFailed(
  delivery: Delivery,
  error: unknown,
  giveUp: (reason: Reason) => Promise<void>,
): Promise<Outcome> {
  const reason = reasonOf(error);
  if (isLater(error) && delivery.receiveCount < MAX_RECEIVES) {
    return retry(delivery, reason, error.retryAfterMs ?? backoffMs(delivery.receiveCount));
  }
  await giveUp(reason);
  await delivery.deadLetter(reason.code, reason.message);
  return { outcome: 'dead-lettered', reason };
}

async function disposeHandled(
  delivery: Delivery,
  verdict: Exclude<Verdict, { readonly verdict: 'quarantine' }>,
  answer: (performative: 'refuse' | 'not-understood', reason: Reason) => Promise<void>,
): Promise<Outcome> {
  if (verdict?.verdict === 'retry') {
    return retry(delivery, verdict.reason, verdict.afterMs ?? backoffMs(delivery.receiveCount));
  }
  if (verdict === undefined || verdict.verdict === 'duplicate') {
    await delivery.ack();
    return { outcome: verdict?.verdict ?? 'done' };
  }
  await answer(verdict.verdict, verdict.reason);
  await delivery.ack();
  return { outcome: verdict.verdict === 'refuse' ? 'refused' : 'not-understood', reason: verdict.reason };
}

async function retry(delivery: Delivery, reason: Reason, wantedMs: number): Promise<Outcome> {
  const afterMs = Math.min(MAX_RETRY_MS, Math.max(0, wantedMs));
  await delivery.retryAfter(afterMs);
  return { outcome: 'retried', reason, afterMs };
}

const isLater = (error: unknown): error is InfraFabricError => isInfraFabricError(error) && error.retry === 'later';
