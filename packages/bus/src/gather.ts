/** How much goes into one call. */
export interface GatherLimits<Item> {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly bytesOf: (item: Item) => number;
}

/**
 * Makes one call of many: what is asked for within one turn of the event loop goes out together, at most `limits` a call.
 *
 * `call` answers in the order of its items; when it rejects, each of its items rejects.
 */
export function gather<Item, Answer>(
  call: (items: readonly Item[]) => Promise<readonly Answer[]>,
  limits: GatherLimits<Item>,
): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];

  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (const batch of batchesOf(all, limits)) void answer(batch, call);
  };
  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ item, resolve, reject });
    return await promise;
  };
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

async function answer<Item, Answer>(
  batch: readonly Waiting<Item, Answer>[],
  call: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
  try {
    const answers = await call(batch.map(({ item }) => item));
    for (const [index, one] of answers.entries()) batch[index]?.resolve(one);
  } catch (reason) {
    for (const { reject } of batch) reject(reason);
  }
}

function batchesOf<Item, Answer>(
  all: readonly Waiting<Item, Answer>[],
  { maxItems, maxBytes, bytesOf }: GatherLimits<Item>,
): Waiting<Item, Answer>[][] {
  const batches: Waiting<Item, Answer>[][] = [];
  let batch: Waiting<Item, Answer>[] = [];
  let bytes = 0;
  for (const one of all) {
    const size = bytesOf(one.item);
    if (batch.length > 0 && (batch.length === maxItems || bytes + size > maxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
