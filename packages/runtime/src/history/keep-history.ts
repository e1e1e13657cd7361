import { isInfraFabricError } from '@infrafabric/protocol';
import { join } from 'node:path';
import type { Fabric } from '../fabric.ts';
import { type Analysed, snapshotOf } from './snapshot.ts';

/**
 * Adds an analysis to the history of the data folder; answers why not, in a sentence, when it cannot.
 *
 * A history is a by-product: whatever goes wrong with it, the analysis stands.
 */
export async function keepHistory(fabric: Fabric, analysed: Analysed): Promise<string | undefined> {
  try {
    const { parquetHistory } = await import('@infrafabric/store');
    const at = new Date(fabric.clock.nowMs()).toISOString();
    const snapshot = await snapshotOf(analysed, fabric.evidence, at);
    await parquetHistory(historyFolder(fabric.home.path)).record(snapshot);
    return undefined;
  } catch (error) {
    const why = isInfraFabricError(error) ? `${error.code}: ${error.message}` : String(error).split('\n')[0];
    return `history not kept: ${why ?? ''}`;
  }
}

/** Where the history of a data folder stands. */
export const historyFolder = (home: string): string => join(home, 'history');
