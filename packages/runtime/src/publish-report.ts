import type { CoordinatorPorts } from '@infrafabric/agents';
import { canonicalBytes, digestOf, type EvidenceStore, type SessionId } from '@infrafabric/protocol';
import { composeReport } from '@infrafabric/report';

/** Makes report.json of what a coordinator gathered and keeps it under its hash: a second maker stores the same bytes. */
export function composeAndStore(blobsOf: (session: SessionId) => EvidenceStore): CoordinatorPorts['publishReport'] {
  return async (session, gathered) => {
    const report = composeReport(gathered);
    const bytes = canonicalBytes(report);
    await blobsOf(session).put(bytes);
    return {
      sha256: digestOf(bytes),
      findings: report.findings.filter((finding) => finding.verdict === 'FINDING').length,
      gaps: report.gaps.length,
    };
  };
}
