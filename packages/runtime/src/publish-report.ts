import type { CoordinatorPorts } from '@infrafabric/agents';
import { canonicalBytes, type Clock, digestOf, type EvidenceStore, type SessionId } from '@infrafabric/protocol';
import { composeReport } from '@infrafabric/report';
import { analysisFigures } from './telemetry/analysis-figures.ts';

/** Makes report.json of what a coordinator gathered and keeps it under its hash: a second maker stores the same bytes. */
export function composeAndStore(
  blobsOf: (session: SessionId) => EvidenceStore,
  clock: Clock,
): CoordinatorPorts['publishReport'] {
  return async ({ session_id, created_at_ms }, gathered) => {
    const report = composeReport(gathered);
    const bytes = canonicalBytes(report);
    await blobsOf(session_id).put(bytes);
    return {
      sha256: digestOf(bytes),
      findings: report.findings.filter((finding) => finding.verdict === 'FINDING').length,
      gaps: report.gaps.length,
      analysis: analysisFigures(gathered, report, clock.nowMs() - created_at_ms),
    };
  };
}
