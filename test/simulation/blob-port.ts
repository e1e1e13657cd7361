import { type EvidenceStore, type SessionId, evidenceHex } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { call } from './call.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** Damage is done within this time after a put. */
const DAMAGE_WITHIN_MS = 60_000;

/** The blobs of a session as one process reaches them; what is put may be damaged later. */
export function blobPort(process: Process, world: World, session?: SessionId): EvidenceStore {
  const { blobs, kept, chance, rate, clock, record } = world;
  const damage = (id: string): void => {
    const bytes = kept.get(id);
    if (bytes === undefined || bytes.length === 0) return;
    const harmed = bytes.slice();
    const at = chance.int('damage at', harmed.length);
    harmed[at] = (harmed[at] ?? 0) ^ 1;
    kept.set(id, harmed);
    record({ kind: 'tamper', table: 'blob', session, id });
  };
  return {
    async put(bytes) {
      return call(process, world, {
        point: 'blob.put',
        unavailable: away,
        isRepeated: true,
        async effect() {
          const put = await blobs.put(bytes);
          record({ kind: 'blob', by: process.name, session, id: put.id, text: new TextDecoder().decode(bytes) });
          if (chance.fault('damage', evidenceHex(put.id).slice(0, 12), rate.damage)) {
            clock.after(chance.real('damage when') * DAMAGE_WITHIN_MS, () => damage(put.id));
          }
          return put;
        },
      });
    },
    get: async (id, most) =>
      call(process, world, { point: 'blob.get', unavailable: away, effect: async () => blobs.get(id, most) }),
  };
}

const away = (): StoreError => new StoreError('UNAVAILABLE', { message: 'the bucket did not answer in time' });
