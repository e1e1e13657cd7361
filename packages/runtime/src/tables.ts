import { INSTANCE_TYPE_TABLE, PRICE_TABLE } from '@infrafabric/finops';
import { canonicalBytes, type EvidenceStore, type SessionRequest } from '@infrafabric/protocol';
import { LIFECYCLE_TABLE } from '@infrafabric/upgrade';

/** Stores our dated tables as evidence, so that every price and date a rule uses can be cited; the same tables are stored once. */
export async function storeTables(evidence: Pick<EvidenceStore, 'put'>): Promise<SessionRequest['tables']> {
  const [prices, instanceTypes, lifecycle] = await Promise.all(
    [PRICE_TABLE, INSTANCE_TYPE_TABLE, LIFECYCLE_TABLE].map((table) => evidence.put(canonicalBytes(table))),
  );
  return { prices: prices?.id ?? '', instance_types: instanceTypes?.id ?? '', lifecycle: lifecycle?.id ?? '' };
}
