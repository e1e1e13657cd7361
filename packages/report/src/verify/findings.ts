import type { Claim } from '@infrafabric/protocol';
import { isFinding, type Report, type ReportFinding } from '../model.ts';
import type { Problem } from './problem.ts';

/**
 * Checks that what a finding says of itself stands in the claims it names: list, effective, cash now, freed commitment, cap and
 * confidence. Totals and net savings are made again from the results, and their claims are recomputed, elsewhere.
 */
export function checkFindings(report: Report, problems: Problem[]): void {
  const claims = new Map(report.claims.map((claim) => [claim.id, claim]));
  for (const finding of report.findings.filter(isFinding)) {
    const wrong = unfounded(finding, claims);
    const where = `${finding.rule} ${finding.resource.account}/${finding.resource.region}/${finding.resource.id}`;
    if (wrong !== undefined) problems.push({ code: 'FINDING_UNFOUNDED', where, message: wrong });
  }
}

function unfounded(finding: ReportFinding, claims: ReadonlyMap<string, Claim>): string | undefined {
  const claim = claims.get(finding.claim ?? '');
  if (claim === undefined) return 'the report has no claim of this finding';
  if (finding.confidence !== claim.confidence)
    return `confidence ${finding.confidence}, but its claim says ${claim.confidence}`;
  const { savings } = finding;
  if (savings === undefined) return undefined;
  const billed = savings.claim === undefined ? undefined : claims.get(savings.claim);
  if (savings.basis === 'bill' && billed === undefined) return 'the report has no claim of its billed saving';
  const proven = billed === undefined ? atListPrice(claim) : onTheBill(claim, billed);
  const wrong = PARTS.find((part) => savings[part] !== proven[part]);
  return wrong === undefined ? undefined : `${wrong} ${savings[wrong]}, but its claim says ${proven[wrong]}`;
}

const PARTS = ['list', 'effective', 'cash_now', 'freed_commitment', 'cap'] as const;
type Parts = Readonly<Record<(typeof PARTS)[number], string | undefined>>;

function atListPrice(claim: Claim): Parts {
  const list = valueOf(claim, 'list_saving');
  return { list, effective: list, cash_now: list, freed_commitment: '0.00', cap: valueOf(claim, 'list_cost') };
}

function onTheBill(claim: Claim, billed: Claim): Parts {
  return {
    list: valueOf(claim, 'list_saving'),
    effective: valueOf(billed, 'effective_saving'),
    cash_now: valueOf(billed, 'cash_now'),
    freed_commitment: valueOf(billed, 'freed_commitment'),
    cap: valueOf(billed, 'cap'),
  };
}

const valueOf = (claim: Claim, name: string): string | undefined =>
  claim.figures.find((figure) => figure.name === name)?.value;
