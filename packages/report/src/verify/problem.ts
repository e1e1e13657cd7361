/** Something in a report that does not hold: what, where, and why. */
export interface Problem {
  readonly code:
    | 'FILE_CHANGED'
    | 'FILE_MISSING'
    | 'FILE_EXTRA'
    | 'FILE_MISNAMED'
    | 'FILE_UNREADABLE'
    | 'TRUST_ROOT'
    | 'TRUST_INVALID'
    | 'MANIFEST_INVALID'
    | 'SESSION_INVALID'
    | 'REPORT_HASH'
    | 'REPORT_SHAPE'
    | 'REPORT_DIFFERS'
    | 'RENDERING_DIFFERS'
    | 'LOG_BROKEN'
    | 'LOG_UNANCHORED'
    | 'MESSAGE_INVALID'
    | 'CLOSE_DIFFERS'
    | 'RESULT_UNBOUND'
    | 'PLAN_INVALID'
    | 'CLAIM_CHANGED'
    | 'FIGURE_WRONG'
    | 'FINDING_UNFOUNDED'
    | 'CHALLENGE_UNFOUNDED'
    | 'DECISION_UNFOUNDED'
    | 'EVIDENCE_MISSING'
    | 'EXTRACT_DIFFERS'
    | 'STATEMENT_UNFOUNDED'
    | 'NARRATIVE_INVALID'
    | 'NARRATIVE_UNFOUNDED';
  readonly where: string;
  readonly message: string;
}

/** What `verify` says. AUTHENTIC: intact, under a root the reader pinned. CONSISTENT: intact, but the root is the report's own word. */
export interface VerifyOutcome {
  readonly verdict: 'AUTHENTIC' | 'CONSISTENT' | 'BROKEN';
  readonly root?: { readonly key_id: string; readonly pinned: boolean };
  readonly coverage: { readonly recomputed: number; readonly extract: number; readonly not_recomputable: number };
  readonly claims: number;
  readonly messages: number;
  readonly evidence: number;
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}
