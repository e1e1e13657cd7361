/** A column as codes: `codes[line]` indexes `labels`; an absent cell has the label `null`. Labels stand in order of appearance. */
export interface Dimension {
  readonly codes: Int32Array;
  readonly labels: readonly (string | null)[];
  readonly codeOf: ReadonlyMap<string | null, number>;
}
