import { FINOPS_RULES } from '@infrafabric/finops';
import { UPGRADE_RULES } from '@infrafabric/upgrade';

/** Every rule a report may name. */
export const RULES = [...FINOPS_RULES, ...UPGRADE_RULES];
