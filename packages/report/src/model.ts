import type { Coverage, Finding, Gap, ResourceRef } from '@infrafabric/finops';
import type { Claim, DecimalString, EvidenceId, SessionRequest } from '@infrafabric/protocol';

/** A finding as the report shows it: what is left of its saving once overlap with other findings is removed. */
export interface ReportFinding extends Finding {
  readonly verdict: 'FINDING';
  readonly priority: 'high' | 'medium' | 'low';
  /** Monthly USD that this finding adds to the totals; absent for advice without dollars. */
  readonly net?: {
    readonly effective: DecimalString;
    readonly cash_now: DecimalString;
    readonly freed_commitment: DecimalString;
  };
}

/** Resources for which one rule could not judge for one and the same reason. */
export interface UnknownGroup {
  readonly verdict: 'UNKNOWN';
  readonly rule: string;
  readonly ref: string;
  readonly role: string;
  readonly service: string;
  readonly reason: string;
  readonly detail: string;
  readonly resources: readonly ResourceRef[];
}

/** Monthly USD: `gross` before, the others after overlap is removed; each is a figure of the claim named. */
export interface Totals {
  readonly claim: string;
  readonly findings: number;
  readonly gross_list: DecimalString;
  readonly gross_effective: DecimalString;
  readonly net_effective: DecimalString;
  readonly net_cash_now: DecimalString;
  readonly net_freed_commitment: DecimalString;
}

/**
 * report.json: a pure function of input bytes, options, date and table versions. No session id, time, spend, path or model
 * prose; arrays are sorted; money is decimal strings.
 */
export interface Report {
  readonly format: 'infrafabric.report/1';
  readonly as_of: string;
  readonly request: Pick<SessionRequest, 'roles' | 'budget_usd' | 'question'>;
  readonly tables: Readonly<Record<string, EvidenceId>>;
  readonly plan: { readonly maker: 'deterministic'; readonly tasks: readonly string[] };
  readonly totals: Totals;
  readonly findings: readonly (ReportFinding | UnknownGroup)[];
  readonly coverage: readonly Coverage[];
  readonly claims: readonly Claim[];
  readonly gaps: readonly Gap[];
  /** Remarks a reader needs beside the totals, such as a column that is not believed. */
  readonly notes: readonly { readonly code: string; readonly detail: string }[];
  readonly inputs: {
    readonly files: readonly {
      readonly name: string;
      readonly sha256: string;
      readonly bytes: number;
      readonly evidence: EvidenceId;
      readonly redactions: number;
    }[];
    /** Answers and files nothing of ours reads, counted by what they are. */
    readonly unused: readonly { readonly what: string; readonly reason: string; readonly count: number }[];
  };
}

/** Whether an entry of `findings` is a finding. */
export const isFinding = (entry: ReportFinding | UnknownGroup): entry is ReportFinding => entry.verdict === 'FINDING';

/** Whether an entry of `findings` is a group of unknowns. */
export const isUnknown = (entry: ReportFinding | UnknownGroup): entry is UnknownGroup => entry.verdict === 'UNKNOWN';
