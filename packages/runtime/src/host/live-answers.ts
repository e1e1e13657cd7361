import { isInfraFabricError } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import type { Check } from '../diagnose.ts';
import { diagnoseLive } from '../live/doors.ts';

/**
 * Tries who the credentials of this machine are and what they may read in one region; nothing that costs money is asked.
 *
 * A connection that cannot be made is a failed check.
 */
export async function testConnection(
  config: Config,
  region: string | undefined,
  signal: AbortSignal,
): Promise<Check[]> {
  const asked: Config = { ...config, maxAwsUsd: '', ...(region === undefined ? {} : { awsRegions: [region] }) };
  try {
    return await diagnoseLive(asked, signal);
  } catch (error) {
    if (!isInfraFabricError(error)) throw error;
    const fix = error.fix === undefined ? {} : { fix: error.fix };
    return [{ name: 'AWS credentials', ok: false, detail: `${error.code}: ${error.message}`, ...fix }];
  }
}

/** Drops the kept answers about cost; gives how many there were. @throws CollectError `CACHE_UNREACHABLE`. */
export async function forgetCost(config: Config, nowMs: number): Promise<number> {
  const { supersedeAnswers } = await import('../live/answers.ts');
  return supersedeAnswers(config, 'cost', `refresh ${nowMs}`);
}
