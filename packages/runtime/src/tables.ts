import { INSTANCE_TYPE_TABLE } from '@infrafabric/finops';
import { canonicalBytes, type EvidenceStore, type SessionRequest } from '@infrafabric/protocol';
import { LIFECYCLE_TABLE } from '@infrafabric/upgrade';
import { currentPrices } from './prices/current-prices.ts';

/**
 * Stores the dated tables as evidence, so that every price and date a rule uses can be cited; the same tables are stored once.
 *
 * Prices are those of the day `asOf`: embedded ones and, where newer, those an update wrote into `home`.
 */
export async function storeTables(
  evidence: Pick<EvidenceStore, 'put'>,
  { home, asOf }: { readonly home: string; readonly asOf: string },
): Promise<Required<Pick<SessionRequest, 'tables' | 'price_table'>>> {
  const { table, facts } = currentPrices(home, asOf);
  const [prices, instanceTypes, lifecycle] = await Promise.all(
    [table, INSTANCE_TYPE_TABLE, LIFECYCLE_TABLE].map((one) => evidence.put(canonicalBytes(one))),
  );
  const tables = { prices: prices?.id ?? '', instance_types: instanceTypes?.id ?? '', lifecycle: lifecycle?.id ?? '' };
  return { tables, price_table: facts };
}
