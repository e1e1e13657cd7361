import type { JsonObject } from '@infrafabric/protocol';
import type { z } from 'zod';
import type { Entry, Subject, UnknownReason, Verdict } from '../../model/rule.ts';

/** Nothing to say about this resource. */
export const OK: Verdict = { verdict: 'OK' };

/** Judgement is not possible; `detail` names what is missing, never the resource, so that equal ones group. */
export const unknown = (reason: UnknownReason, detail: string): Verdict => ({ verdict: 'UNKNOWN', reason, detail });

/** A reading that worked, or the verdict that follows because it did not. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly verdict: Verdict };

/** A reading that worked. */
export const read = <T>(value: T): Reading<T> => ({ ok: true, value });

/** A reading that ends in a verdict. */
export const stop = (verdict: Verdict): Reading<never> => ({ ok: false, verdict });

/** Reads an AWS item with its schema; a missing or odd field is UNKNOWN(FIELD_MISSING) naming the first such field. */
export function readItem<S extends z.ZodType>(schema: S, item: JsonObject): Reading<z.infer<S>> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return read(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return stop(unknown('FIELD_MISSING', `The answer has no usable ${field === '' ? 'item' : field}.`));
}

/**
 * Reads price table entries; the first key without a sourced price ends the judgement.
 *
 * `known` is what the evidence says by itself, such as `Attached to no instance`: then the finding stands without dollars.
 * Without it nothing can be said: UNKNOWN(NO_PRICE) naming the key.
 */
export function readPrices(subject: Subject, keys: readonly string[], known?: string): Reading<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const key of keys) {
    const entry = subject.price(key);
    if (entry === undefined) return stop(known === undefined ? noPrice(key) : withoutDollars(subject, key, known));
    entries.push(entry);
  }
  return read(entries);
}

/** No sourced price for a key of the price table. */
export const noPrice = (key: string): Verdict => unknown('NO_PRICE', `No sourced price for ${key}.`);

/** Certain waste whose price nobody sourced: never a guess, and never silence. */
function withoutDollars(subject: Subject, key: string, known: string): Verdict {
  return {
    verdict: 'FINDING',
    statement: `${known}; what it costs is not known, because no price is sourced for ${key}.`,
    figures: [],
    savingsUnknown: { reason: 'NO_PRICE', detail: `No sourced price for ${key}.` },
    citations: [subject.citation],
    confidence: '0.80',
  };
}
