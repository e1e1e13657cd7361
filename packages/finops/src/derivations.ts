import type { Derivation } from '@infrafabric/protocol';
import { BILLED_SAVING_DERIVATIONS } from './savings/billed-derivations.ts';
import { NET_DERIVATIONS } from './savings/net-derivations.ts';

/** Every derivation this package ever published, so that `verify` can run it again; one line each, never removed. */
export const FINOPS_DERIVATIONS: readonly Derivation[] = [...BILLED_SAVING_DERIVATIONS, ...NET_DERIVATIONS];
