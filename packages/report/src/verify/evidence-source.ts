import { digestOf, evidenceHex, type EvidenceId } from '@infrafabric/protocol';
import type { SessionDocument } from '../session-document.ts';
import type { Intact } from './intact.ts';

/** Where evidence is read from: the folder, and for what was too large to travel, the reader's own copies. */
export interface EvidenceSource {
  /** @throws EvidenceElsewhere when nobody has it and the signed session says it was left out; RangeError when it should be there. */
  readonly get: (id: EvidenceId) => Promise<Uint8Array>;
}

/** Names evidence that is known to be elsewhere: what cites it is not recomputable here, not wrong. */
export class EvidenceElsewhere extends Error {}

/** Finds inputs that did not travel, by sha256 hex. */
export type FindInput = (hex: string) => Promise<Uint8Array | undefined>;

/** Reads evidence by its hash; bytes a reader hands in are hashed before they are believed. */
export function evidenceOf(intact: Intact, session: SessionDocument, findInput?: FindInput): EvidenceSource {
  const leftOut = new Set(session.left_out);
  return {
    get: async (id) => {
      const hex = evidenceHex(id);
      const travelled = intact.evidence.get(hex);
      if (travelled !== undefined) return travelled();
      if (!leftOut.has(id)) throw new RangeError(`${id} is cited and not in the folder`);
      const found = await findInput?.(hex);
      if (found === undefined || digestOf(found) !== `sha256:${hex}`) throw new EvidenceElsewhere();
      return found;
    },
  };
}
