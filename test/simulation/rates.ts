import type { Intensity } from './scenario.ts';

/** How often what goes wrong; probabilities unless said otherwise. */
export interface Rates {
  readonly drop: number;
  readonly duplicate: number;
  readonly delay: number;
  readonly corrupt: number;
  /** Of a call on a store or a queue. */
  readonly unknownOutcome: number;
  /** Of a message that was deleted: it comes back all the same (SQS developer guide, at-least-once delivery). */
  readonly resurrect: number;
  /** Every 2 s: the process dies at one of the next crash points it passes. */
  readonly crash: number;
  /** At each crash point passed, besides. */
  readonly crashAtPoint: number;
  /** At each that is passed seldom. */
  readonly crashAtRarePoint: number;
  /** Every 2 s: the process stands still for 10 to 60 s. */
  readonly pause: number;
  /** Of bytes that were put: they are damaged later. */
  readonly damage: number;
  /** Of an attempt at a task: the agent throws something that may pass later. */
  readonly retryable: number;
  /** Of answers of a model: the provider behaves badly. */
  readonly model: number;
  /** Of tasks: they cannot be done. */
  readonly finalFailure: number;
  /** Of tasks: whoever works on them dies. */
  readonly poison: number;
  /** Forged and replayed messages of an attacker a session. */
  readonly forged: number;
  /** Of a forgery: state or blobs are tampered with besides. */
  readonly tamper: number;
}

/** Rates at intensity 1. */
const USUAL: Rates = {
  drop: 0.05,
  duplicate: 0.08,
  delay: 0.1,
  corrupt: 0.03,
  unknownOutcome: 0.04,
  resurrect: 0.024,
  crash: 0.1,
  crashAtPoint: 0.0008,
  crashAtRarePoint: 0.012,
  pause: 0.01,
  damage: 0.002,
  retryable: 0.05,
  model: 0.4,
  finalFailure: 0.02,
  poison: 0.01,
  forged: 6,
  tamper: 0.15,
};

/** The rates of an intensity. */
export function ratesOf(intensity: Intensity): Rates {
  return Object.fromEntries(
    Object.entries(USUAL).map(([name, rate]) => [name, Number(rate) * intensity]),
  ) as unknown as Rates;
}
