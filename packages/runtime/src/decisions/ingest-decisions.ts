import type { DecisionDocument, InputFile } from '@infrafabric/finops';
import { canonicalBytes, type EvidenceStore, sha256Hex } from '@infrafabric/protocol';
import { readDecisionFile, readDecisionFolder } from './decision-folder.ts';

/** The word that leaves decisions out of an analysis. */
const NONE = 'none';

/**
 * Stores the decisions an analysis shall heed as evidence; nothing when there are none.
 *
 * @param from a document of decisions, or `none`; absent: those kept in the data folder `home`.
 * @throws RuntimeError `DECISIONS_UNREADABLE`.
 */
export async function ingestDecisions(
  { from, home }: { readonly from?: string | undefined; readonly home: string },
  evidence: Pick<EvidenceStore, 'put'>,
): Promise<InputFile[]> {
  if (from === NONE) return [];
  const document: DecisionDocument = from === undefined ? readDecisionFolder(home) : readDecisionFile(from);
  if (document.decisions.length === 0) return [];
  const bytes = canonicalBytes(document);
  const { id } = await evidence.put(bytes);
  const facts = { sha256: sha256Hex(bytes), bytes: bytes.length, evidence: id, redactions: 0 };
  return [{ kind: 'decisions', name: 'decisions.json', ...facts }];
}
