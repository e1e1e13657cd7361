import type { Derivation } from '@infrafabric/protocol';

/** Every derivation this package ever published, so that `verify` can run it again; one line each, never removed. */
export const FINOPS_DERIVATIONS: readonly Derivation[] = [];
