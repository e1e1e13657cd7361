import type { Derivation } from '@infrafabric/protocol';
import { DAYS_UNTIL } from './days-until.ts';
import {
  EKS_EXTENDED_COST,
  EKS_SURCHARGE,
  OPENSEARCH_SURCHARGE,
  RDS_EXTENDED_COST,
  RDS_SURCHARGE,
  REDIS_EXTENDED_COST,
  REDIS_SURCHARGE,
} from './surcharge.ts';

/** Every derivation this package ever published, so that `verify` can run it again; one line each, never removed. */
export const UPGRADE_DERIVATIONS: readonly Derivation[] = [
  DAYS_UNTIL,
  EKS_EXTENDED_COST,
  EKS_SURCHARGE,
  REDIS_EXTENDED_COST,
  REDIS_SURCHARGE,
  OPENSEARCH_SURCHARGE,
  RDS_EXTENDED_COST,
  RDS_SURCHARGE,
];
