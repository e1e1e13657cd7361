/** A change of one shipped file; `find` stands in it exactly once. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A safeguard switched off. */
export interface Mutant {
  /** Kebab case; a pair is named `<id>+<id>`. */
  readonly id: string;
  /** What the safeguard does, as a sentence. */
  readonly safeguard: string;
  readonly edits: readonly Edit[];
  /** Safeguards that are expected to stand in when nothing dies: with one of them off as well, something must. */
  readonly coveredBy?: readonly string[];
  /** Why no seed can tell, where neither a seed nor a pair does. */
  readonly undistinguished?: string;
}

/** Edits of one file, by what is found and what stands in its place. */
export const inFile =
  (file: string) =>
  (...changes: readonly (readonly [find: string, replace: string])[]): Edit[] =>
    changes.map(([find, replace]) => ({ file, find, replace }));
