import {
  collectLive,
  estateWriter,
  Handles,
  type LiveCollection,
  type LiveSink,
  pseudonymousSink,
} from '@infrafabric/collect/live';
import { type FailedRequest, isGap } from '@infrafabric/finops';
import { readdir } from 'node:fs/promises';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { openHome } from '../home.ts';
import { redactionKey } from '../redaction-key.ts';
import { openLiveAccess } from './access.ts';
import { planLive, planText } from './plan-live.ts';

/** What `collect` asks for. */
export interface CollectOptions {
  /** Absent or empty. */
  readonly out: string;
  /** Replace account ids, ARNs and names by handles, keyed by a key of the data folder. */
  readonly redact: boolean;
  readonly signal: AbortSignal;
  /** Hears the plan with its price, then each place when it is done. */
  readonly notice: (line: string) => void;
}

/** What a collection gave; `gaps` are the failed calls a report would name as gaps. */
export type EstateCollection = LiveCollection & { readonly gaps: readonly FailedRequest[] };

/**
 * Writes what AWS answers, minus secrets, as an estate directory.
 *
 * @throws RuntimeError `OUT_NOT_EMPTY`; CollectError `AWS_CREDENTIALS`, `AWS_REGION` and the codes of a listing that failed.
 */
export async function collectEstate(
  config: Config,
  { out, redact, signal, notice }: CollectOptions,
): Promise<EstateCollection> {
  await refuseFullFolder(out);
  const sink = sinkOf(config, out, redact);
  const access = await openLiveAccess(config);
  try {
    const planned = await planLive(access, config, signal);
    notice(planText(planned, config.maxAwsUsd));
    const { politeness, cache, costCacheMinutes } = access.portsOf(access.identity.account, signal);
    const collected = await collectLive({
      collectors: access.collectors,
      accounts: planned.accounts.map((account) => ({
        account,
        regions: planned.regions,
        settings: access.settingsOf(account),
      })),
      days: config.metricDays,
      cacheMinutes: config.cacheMinutes,
      ...(config.maxAwsUsd === '' ? {} : { maxUsd: config.maxAwsUsd }),
      clock: systemClock,
      sink,
      signal,
      cache,
      ...(costCacheMinutes === undefined ? {} : { costCacheMinutes }),
      politeness,
      placeDone: ({ account, region }, { files, failed, calls }) =>
        notice(`${account}/${region}: ${calls} calls, ${files.length} files, ${failed.length} operations failed`),
    });
    return { ...collected, gaps: collected.manifest.failed.filter(isGap) };
  } finally {
    await access.close();
  }
}

function sinkOf(config: Config, out: string, redact: boolean): LiveSink {
  const writer = estateWriter(out);
  return redact ? pseudonymousSink(writer, new Handles(redactionKey(openHome(config.home)))) : writer;
}

async function refuseFullFolder(out: string): Promise<void> {
  const found = await readdir(out).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  if (found.length === 0) return;
  throw new RuntimeError('OUT_NOT_EMPTY', {
    message: 'expected a folder that is absent or empty',
    where: out,
    fix: 'name another folder with --out',
  });
}
