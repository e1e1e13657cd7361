import type { Claim, EvidenceId, Figure } from '@infrafabric/protocol';
import { isFinding, isUnknown, type Report, type ReportFinding, type UnknownGroup } from '../../model.ts';

/** A report as the page looks things up in it. */
export interface View {
  readonly report: Report;
  readonly claims: ReadonlyMap<string, Claim>;
  /** Findings that save money, the largest net saving first. */
  readonly savings: readonly ReportFinding[];
  /** Findings without dollars, the most severe first. */
  readonly advice: readonly ReportFinding[];
  readonly unknown: readonly UnknownGroup[];
  /** What a piece of evidence is called: the name of the input or table. */
  readonly nameOf: (evidence: EvidenceId) => string | undefined;
  /** The net amounts of a finding that overlaps with others, by the finding's claim. */
  readonly netFigures: ReadonlyMap<string, readonly Figure[]>;
}

/** Sorts a report once for all parts of the page; ties keep the order of report.json. */
export function viewOf(report: Report): View {
  const findings = report.findings.filter(isFinding);
  const names = new Map([
    ...report.inputs.files.map((file) => [file.evidence, file.name] as const),
    ...Object.entries(report.tables).map(([name, id]) => [id, `table: ${name.replaceAll('_', ' ')}`] as const),
  ]);
  return {
    report,
    claims: new Map(report.claims.map((claim) => [claim.id, claim])),
    savings: findings
      .filter((finding) => finding.net !== undefined)
      .toSorted((a, b) => compareDecimals(b.net?.effective, a.net?.effective)),
    advice: findings
      .filter((finding) => finding.net === undefined)
      .toSorted((a, b) => (b.severity ?? 0) - (a.severity ?? 0)),
    unknown: report.findings.filter(isUnknown),
    nameOf: (evidence) => names.get(evidence),
    netFigures: netFiguresOf(report.claims),
  };
}

/** Orders decimals by size; for order only, never for a sum. */
function compareDecimals(a: string | undefined, b: string | undefined): number {
  return Number(a ?? 0) - Number(b ?? 0);
}

/** A net figure says in `at` which of the overlapping savings it is; each saving is cited as two in a row, itself and its cap. */
function netFiguresOf(claims: readonly Claim[]): Map<string, Figure[]> {
  const byClaim = new Map<string, Figure[]>();
  for (const { figures } of claims.filter((claim) => claim.topic === 'saving/net')) {
    for (const figure of figures) {
      const at = Number(figure.derivation.params['at']);
      const saving = figure.citations[2 * at]?.evidence ?? '';
      byClaim.set(saving, [...(byClaim.get(saving) ?? []), figure]);
    }
  }
  return byClaim;
}
