import { type Clock, isInfraFabricError } from '@infrafabric/protocol';

/** Every call has waited out several refusals by itself (the retries of the SDK) before one counts here. */
const MAX_REFUSALS = 20;

const PAUSE_MS = 1_000;

/**
 * Makes a call again when the store or the bus answered that it is asked too often, after a pause: whoever waits for a session sits a
 * storm out. After 20 refusals in a row the last one is thrown; so is any other error, at once.
 */
export async function unlessThrottled<T>(call: () => Promise<T>, clock: Pick<Clock, 'sleep'>): Promise<T> {
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isInfraFabricError(error) || error.code !== 'THROTTLED' || refusals >= MAX_REFUSALS) throw error;
      await clock.sleep(PAUSE_MS);
    }
  }
}
