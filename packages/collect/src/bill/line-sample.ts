/** So many hashes of a file are kept: enough to tell a half from a hundredth. */
export const SAMPLE_LINES = 4096;

/** The smallest hashes of a file's lines: the same lines give the same ones, whatever else a file holds. */
export interface LineSample {
  /** In order, none twice. */
  readonly hashes: readonly number[];
  /** Whether the file has more different lines than hashes. */
  readonly isCut: boolean;
}

/** Keeps the smallest of many numbers. */
export class LineSampler {
  #kept = new Set<number>();
  #limit = Number.POSITIVE_INFINITY;
  #isCut = false;

  add(hash: number): void {
    if (hash > this.#limit) return;
    this.#kept.add(hash);
    if (this.#kept.size >= SAMPLE_LINES * 2) this.#cut();
  }

  sample(): LineSample {
    if (this.#kept.size > SAMPLE_LINES) this.#cut();
    return { hashes: [...this.#kept].sort((a, b) => a - b), isCut: this.#isCut };
  }

  #cut(): void {
    const sorted = [...this.#kept].sort((a, b) => a - b).slice(0, SAMPLE_LINES);
    this.#kept = new Set(sorted);
    this.#limit = sorted.at(-1) ?? this.#limit;
    this.#isCut = true;
  }
}
