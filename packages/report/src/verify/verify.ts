import {
  canonicalBytes,
  digestOf,
  evidenceHex,
  type EvidenceId,
  type KeyId,
  openDocument,
  PAYLOAD_TYPE,
} from '@infrafabric/protocol';
import { composeReport } from '../compose.ts';
import { PATHS, type ReportFolder } from '../folder.ts';
import type { Report } from '../model.ts';
import { gatheredOf, ProofPlan } from '../proof-plan.ts';
import { RENDERERS } from '../renderers/catalogue.ts';
import { SessionDocument } from '../session-document.ts';
import { readConversation } from './conversation.ts';
import { type EvidenceSource, recomputeFigures } from './figures.ts';
import { type Intact, readIntact } from './intact.ts';
import type { Problem, VerifyOutcome } from './problem.ts';

/** How to verify. */
export interface VerifyOptions {
  /** The root key the reader trusts; without it the report can only be CONSISTENT with itself. */
  readonly root?: KeyId | undefined;
  /** Finds inputs that did not travel, by sha256 hex. */
  readonly findInput?: (hex: string) => Promise<Uint8Array | undefined>;
  /** For warnings about keys that have expired since; judgement never uses it. */
  readonly nowMs: number;
}

/**
 * Verifies a report directory offline: who signed it, that no byte changed, that the messages and results hang together, that
 * the report follows from the results, that the renderings follow from the report, and that every figure follows from evidence.
 *
 * It proves that figures follow from the evidence and that nothing changed since signing; not that AWS sent the evidence,
 * nor that a rule is wise.
 */
export async function verify(folder: ReportFolder, options: VerifyOptions): Promise<VerifyOutcome> {
  const problems: Problem[] = [];
  const intact = await readIntact(folder, options.root, problems);
  if (intact === undefined) return broken(problems);
  const session = readSession(intact, problems);
  const plan = readPlan(intact, problems);
  const report = readReport(intact, session, problems);
  if (session === undefined || plan === undefined || report === undefined) return broken(problems, intact);
  const { results, messages } = readConversation(intact, plan, problems);
  compareReport(intact, composeReport(gatheredOf(plan, results)), problems);
  compareRenderings(intact, report, problems);
  const coverage = await recomputeFigures(report.claims, evidenceOf(intact, session, options), problems);
  return {
    verdict: verdictOf(problems, intact),
    root: intact.root,
    coverage,
    claims: report.claims.length,
    messages,
    evidence: [...intact.files.keys()].filter((path) => path.startsWith(PATHS.evidence)).length,
    warnings: warningsOf(intact, options.nowMs),
    problems,
  };
}

function verdictOf(problems: readonly Problem[], intact: Intact): VerifyOutcome['verdict'] {
  if (problems.length > 0) return 'BROKEN';
  return intact.root.pinned ? 'AUTHENTIC' : 'CONSISTENT';
}

function broken(problems: readonly Problem[], intact?: Intact): VerifyOutcome {
  return {
    verdict: 'BROKEN',
    ...(intact === undefined ? {} : { root: intact.root }),
    coverage: { recomputed: 0, extract: 0, not_recomputable: 0 },
    claims: 0,
    messages: 0,
    evidence: 0,
    warnings: [],
    problems,
  };
}

function readSession(intact: Intact, problems: Problem[]): SessionDocument | undefined {
  return attempt('SESSION_INVALID', PATHS.session, problems, () => {
    const nowMs = intact.manifest.signed_at_ms;
    const { payload } = openDocument(fileOf(intact, PATHS.session), PAYLOAD_TYPE.session, {
      trust: intact.trust,
      nowMs,
      role: 'coordinator',
    });
    return SessionDocument.parse(payload);
  });
}

function readPlan(intact: Intact, problems: Problem[]): ProofPlan | undefined {
  return attempt('PLAN_INVALID', PATHS.plan, problems, () =>
    ProofPlan.parse(JSON.parse(text(fileOf(intact, PATHS.plan)))),
  );
}

function readReport(intact: Intact, session: SessionDocument | undefined, problems: Problem[]): Report | undefined {
  return attempt('REPORT_HASH', PATHS.report, problems, () => {
    const bytes = fileOf(intact, PATHS.report);
    if (session !== undefined && digestOf(bytes) !== session.report_sha256)
      throw new RangeError('the report is not the one session.json names');
    return JSON.parse(text(bytes)) as Report;
  });
}

function compareReport(intact: Intact, again: Report, problems: Problem[]): void {
  if (digestOf(canonicalBytes(again)) === digestOf(fileOf(intact, PATHS.report))) return;
  problems.push({
    code: 'REPORT_DIFFERS',
    where: PATHS.report,
    message: 'the report does not follow from the signed results',
  });
}

function compareRenderings(intact: Intact, report: Report, problems: Problem[]): void {
  for (const renderer of RENDERERS) {
    const bytes = intact.files.get(renderer.path);
    if (bytes !== undefined && text(bytes) !== renderer.render(report)) {
      problems.push({
        code: 'RENDERING_DIFFERS',
        where: renderer.path,
        message: 'the rendering does not follow from report.json',
      });
    }
  }
}

function evidenceOf(intact: Intact, session: SessionDocument, options: VerifyOptions): EvidenceSource {
  return {
    get: async (id: EvidenceId) => {
      const travelled = intact.files.get(`${PATHS.evidence}${evidenceHex(id)}`);
      if (travelled !== undefined) return travelled;
      if (!session.left_out.includes(id)) throw new RangeError(`${id} is cited and not in the folder`);
      return options.findInput?.(evidenceHex(id));
    },
  };
}

function warningsOf(intact: Intact, nowMs: number): string[] {
  const expired = [...intact.trust.keys.values()].filter((key) => key.not_after <= nowMs).length;
  const warnings = expired > 0 ? [`${expired} keys have expired since this report was signed`] : [];
  return intact.trust.expiresAtMs <= nowMs
    ? [...warnings, 'the trust document has expired since this report was signed']
    : warnings;
}

function attempt<T>(code: Problem['code'], where: string, problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    problems.push({
      code,
      where,
      message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable',
    });
    return undefined;
  }
}

function fileOf(intact: Intact, path: string): Uint8Array {
  const bytes = intact.files.get(path);
  if (bytes === undefined) throw new RangeError('the file is not in the signed manifest');
  return bytes;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
