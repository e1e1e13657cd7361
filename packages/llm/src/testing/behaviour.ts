import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { dataIn } from '../prompt.ts';

/** A request as a fake recorded it. */
export interface Recorded {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes of the body as they came. */
  readonly body: string;
}

/** What a fake is asked, whoever's wire it came over. */
export interface Asked {
  readonly system: string;
  readonly text: string;
  /** What the prompt is about; `undefined` when the text holds no data of ours. */
  readonly data: JsonObject | undefined;
  /** How many requests came before this one. */
  readonly before: number;
}

/** How a fake answers one request: a text with its usage, an error of the provider, or something no provider should do. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly text: string; readonly usage?: FakeUsage; readonly stop?: 'length' | 'refusal' }
  | { readonly kind: 'error'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drip' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'garbage'; readonly text: string };

/** Tokens a fake says it counted. */
export interface FakeUsage {
  readonly input: number;
  readonly output: number;
}

/** A mind for a fake. */
export type Behave = (asked: Asked) => Behaviour;

/** A running fake: loopback only, on a port the machine chose. */
export interface FakeServer {
  readonly url: string;
  readonly requests: readonly Recorded[];
  readonly close: () => Promise<void>;
}

/** Tokens as a fake counts them: four bytes each, which is about what English takes. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4);

/** What was asked, of the parts both wires have. */
export function askedOf(system: string, text: string, before: number): Asked {
  return { system, text, data: dataIn(text), before };
}

/** JSON of a body; `undefined` when it is none or no object. */
export function objectIn(body: string): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // the fake answers 400 to it
  }
}

/** What a fake can do to the wire besides answering. */
export interface Wire {
  /** Answers 200 with a text, or with the beginning of one that never ends. */
  readonly send: (text: string, isWhole: boolean) => void;
  readonly drop: () => void;
}

/** Behaves as no provider should: keeps silent, stops in the middle, drops the connection, or sends what is no answer. */
export function misbehave(wire: Wire, behaviour: Behaviour): void {
  if (behaviour.kind === 'drop') wire.drop();
  if (behaviour.kind === 'garbage') wire.send(behaviour.text, true);
  if (behaviour.kind === 'drip') wire.send('{', false);
}
