/** What was kept lately, by text. */
export interface Recent<Value> {
  readonly get: (text: string) => Value | undefined;
  readonly set: (text: string, value: Value) => void;
}

/** Keeps the last `least` to twice as many values. */
export function recent<Value>(least: number): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get: (text) => young.get(text) ?? old.get(text),
    set(text, value) {
      if (young.size >= least) [young, old] = [new Map(), young];
      young.set(text, value);
    },
  };
}
