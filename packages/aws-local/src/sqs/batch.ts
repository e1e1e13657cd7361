import { AwsFault } from '../engine/fault.ts';

/** A batch has at most this many entries. Source: SQS API reference (2026-11). */
const MAX_ENTRIES = 10;

/** @throws AwsFault `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `BatchEntryIdsNotDistinct`, `InvalidBatchEntryId`. */
export function checkBatch(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) {
    throw new AwsFault('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsFault(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map((entry) => entry.Id)).size !== entries.length) {
    throw new AwsFault('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (!entries.every((entry) => /^[\w-]{1,80}$/.test(entry.Id))) {
    throw new AwsFault(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
}

/** What became of each entry of a batch. */
export interface BatchResult {
  readonly Successful: readonly object[];
  readonly Failed?: readonly object[];
}

/** Does `work` for each entry; an entry that AWS would refuse fails alone. `work` must refuse before it changes. */
export function eachEntry<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  work: (entry: Entry) => object,
): BatchResult {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful: successful, ...(failed.length === 0 ? {} : { Failed: failed }) };
}
