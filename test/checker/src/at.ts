/**
 * What a run writes down for the checker: one entry a line, in the order in which things took effect.
 *
 * `at_ms` is the time of the world (no process's own clock). `by` names a process of the run, or `attacker`, `queue`, `person`.
 * Digests are `sha256:<64 hex>`. Nothing here is a type of the product: a history is judged without its code.
 */
export interface At {
  readonly at_ms: number;
}
