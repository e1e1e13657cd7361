import { FINOPS_RULES, type Rule } from '@infrafabric/finops';
import { UPGRADE_RULES } from '@infrafabric/upgrade';

/** Every rule the swarm knows, of every role. */
export const RULES: readonly Rule[] = [...FINOPS_RULES, ...UPGRADE_RULES];
