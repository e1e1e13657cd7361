import type { Derivation } from '@infrafabric/protocol';
import { BILL_DERIVATIONS } from './bill/derivations.ts';
import { BUDGET_DERIVATIONS } from './budget/derivations.ts';

/** Every derivation this package ever published, so that `verify` can run it again; one line each, never removed. */
export const FINOPS_DERIVATIONS: readonly Derivation[] = [...BILL_DERIVATIONS, ...BUDGET_DERIVATIONS];
