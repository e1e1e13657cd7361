import { type FailedRequest, valuesAt } from '@infrafabric/finops';
import type { z } from 'zod';
import type { Page } from './account-access.ts';

/** A thing of an account, and where it was found. */
export type Located<T> = T & { readonly account: string; readonly region: string };

/** The things read from pages; pages with a thing of another form are named, for they are not read in full. */
export interface Items<T> {
  readonly items: readonly Located<T>[];
  readonly failed: readonly FailedRequest[];
}

/** Reads the things at a path (`Functions/*`) of every page with a schema; members the schema does not know are left out. */
export function itemsOf<T extends object>(pages: readonly Page[], path: string, schema: z.ZodType<T>): Items<T> {
  const read = pages.map(({ account, region, client, operation, answer }) => {
    const parsed = valuesAt(answer, path).map((value) => schema.safeParse(value));
    const items = parsed.flatMap(({ data }) => (data === undefined ? [] : [{ account, region, ...data }]));
    const odd = { account, region, client, operation, error_code: 'UnexpectedShape' };
    return { items, failed: parsed.length === items.length ? [] : [odd] };
  });
  return { items: read.flatMap((one) => one.items), failed: read.flatMap((one) => one.failed) };
}

/** What failed in reading several kinds of things. */
export const failuresOf = (...parts: readonly { readonly failed: readonly FailedRequest[] }[]): FailedRequest[] =>
  parts.flatMap((part) => part.failed);
