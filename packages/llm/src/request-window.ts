import type { Clock } from '@infrafabric/protocol';

/** A sliding window: at most so many requests in any `windowMs`; who comes later waits in turn. */
export class RequestWindow {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #takenMs: number[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(clock: Clock, most: number, windowMs = 60_000) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Resolves when a request may be made, or at once when `signal` aborts. */
  take(signal: AbortSignal): Promise<void> {
    const turn = this.#turn.then(() => this.#next(signal));
    this.#turn = turn;
    return turn;
  }

  async #next(signal: AbortSignal): Promise<void> {
    for (;;) {
      const nowMs = this.#clock.nowMs();
      while (this.#takenMs.length > 0 && (this.#takenMs[0] ?? 0) <= nowMs - this.#windowMs) this.#takenMs.shift();
      if (signal.aborted) return;
      if (this.#takenMs.length < this.#most) {
        this.#takenMs.push(nowMs);
        return;
      }
      await this.#clock.sleep((this.#takenMs[0] ?? nowMs) + this.#windowMs - nowMs, signal);
    }
  }
}
