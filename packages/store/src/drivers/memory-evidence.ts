import type { EvidenceId, EvidenceStore } from '@infrafabric/protocol';
import { checked, missing, nameOf, refuseAbove } from '../evidence-bytes.ts';

/** Evidence in the memory of one process. `kept` is open so that a test can damage it. */
export function memoryEvidence(kept: Map<EvidenceId, Uint8Array> = new Map()): EvidenceStore {
  return {
    async put(bytes) {
      const { id } = nameOf(bytes);
      const fresh = !kept.has(id);
      if (fresh) kept.set(id, bytes.slice());
      return { id, fresh };
    },
    async get(id, most) {
      const bytes = kept.get(id);
      if (bytes === undefined) throw missing(id);
      refuseAbove(id, bytes.byteLength, most);
      return checked(id, bytes.slice());
    },
  };
}
