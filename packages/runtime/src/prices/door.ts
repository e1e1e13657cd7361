import type { Config } from '../config/config.ts';
import type { PriceUpdate, PriceUpdateResult } from './update-prices.ts';

/** `updatePrices` of `update-prices.ts`; who never calls it never loads the SDK. */
export async function updatePrices(config: Config, asked: PriceUpdate): Promise<PriceUpdateResult> {
  return (await import('./update-prices.ts')).updatePrices(config, asked);
}
