/** Where a value came from, strongest first. */
export type Origin = 'flag' | 'environment' | 'file' | 'default';

/** One thing a person can set: `parse` takes the text of any origin and answers the value, or what it expected instead. */
export interface Setting<T> {
  readonly env: string;
  /** Older or other established names of the same variable. */
  readonly aliases?: readonly string[];
  /** Command-line flag, without dashes, when there is one. */
  readonly flag?: string;
  /** Key in config.yaml; absent for the setting that says where that file is. */
  readonly key?: string;
  readonly unit?: string;
  /** The value may hold a password: it is used, never shown. */
  readonly isSecret?: boolean;
  readonly describe: string;
  /** The established document or AWS page the default comes from. */
  readonly source?: string;
  readonly fallback: T;
  readonly parse: (text: string) => Parsed<T>;
}

/** A value, or the rule it broke ("a whole number from 1 to 100"). */
export type Parsed<T> = { readonly value: T } | { readonly expected: string };

/** One of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): (text: string) => Parsed<T> {
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { expected: `one of ${words.join(', ')}` } : { value };
  };
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): (text: string) => Parsed<number> {
  return (text) => {
    const value = Number(text);
    const fits = /^[0-9]+$/.test(text) && value >= min && value <= max;
    return fits ? { value } : { expected: `a whole number from ${min} to ${max}` };
  };
}

/** A percentage from 0 to 100; fractions are allowed. */
export function percent(text: string): Parsed<number> {
  const value = Number(text);
  return /^[0-9]+(\.[0-9]+)?$/.test(text) && value <= 100 ? { value } : { expected: 'a percentage from 0 to 100' };
}

/** A positive amount of US dollars as a decimal string. */
export function usd(text: string): Parsed<string> {
  return /^(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text) && Number(text) > 0
    ? { value: text }
    : { expected: 'a positive amount such as 500 or 12.50' };
}

/** Any text that is not empty. */
export function anyText(text: string): Parsed<string> {
  return text === '' ? { expected: 'some text' } : { value: text };
}

/** The address of a Redis: `redis:` or, encrypted, `rediss:`. */
export function redisUrl(text: string): Parsed<string> {
  return /^rediss?:\/\/[^\s/?#]+/.test(text) && URL.canParse(text)
    ? { value: text }
    : { expected: 'an address such as redis://127.0.0.1:6379 or rediss://user:password@host:6379' };
}

/** The address of an HTTP server. */
export function httpUrl(text: string): Parsed<string> {
  return /^https?:\/\//.test(text) && URL.canParse(text)
    ? { value: text }
    : { expected: 'an address such as https://host' };
}

/** A list separated by commas. */
export function list(text: string): Parsed<readonly string[]> {
  const value = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return value.length === 0 ? { expected: 'a list separated by commas' } : { value };
}

/** A list separated by commas; what stands in double quotes keeps its commas, and `""` in them is a quote: `team="a,b",env=dev`. */
export function quotedList(text: string): Parsed<readonly string[]> {
  if (text.replaceAll('""', '').split('"').length % 2 === 0) return { expected: 'a list whose quotes are closed' };
  const items = text.match(/(?:"(?:[^"]|"")*"|[^",])+/g) ?? [];
  const value = items.map((item) => item.replaceAll(QUOTED, unquoted).trim()).filter((item) => item !== '');
  return value.length === 0 ? { expected: 'a list separated by commas' } : { value };
}

const QUOTED = /"(?:[^"]|"")*"/g;
const unquoted = (part: string): string => part.slice(1, -1).replaceAll('""', '"');
