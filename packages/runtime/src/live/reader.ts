import type { LiveReader } from '@infrafabric/agents';
import type { EvidenceStore } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import type { LiveAccess } from './access.ts';

/** The way of a collector to AWS, opened when its first live task comes; what it reads becomes evidence at once. */
export function lazyLiveReader(
  config: Config,
  evidence: Pick<EvidenceStore, 'put'>,
): { readonly read: LiveReader; readonly close: () => Promise<void> } {
  let opened: Promise<LiveAccess> | undefined;
  const open = async (): Promise<LiveAccess> => (await import('./access.ts')).openLiveAccess(config);
  return {
    read: async (place, signal) => {
      opened ??= open();
      const [access, { collectPlace }] = await Promise.all([opened, import('@infrafabric/collect/live')]);
      const collectors = access.collectors.filter(({ client }) => place.cost !== false || client !== 'cost-explorer');
      return collectPlace({ ...place, cacheMinutes: config.cacheMinutes }, collectors, {
        ...access.portsOf(place.account, signal),
        sink: async (_, bytes) => (await evidence.put(bytes)).id,
      });
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
