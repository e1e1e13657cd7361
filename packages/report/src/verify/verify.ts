import {
  canonicalBytes,
  digestOf,
  isCanonicalForm,
  type KeyId,
  openDocument,
  PAYLOAD_TYPE,
} from '@infrafabric/protocol';
import { composeReport } from '../compose.ts';
import { PATHS, type ReportFolder } from '../folder.ts';
import { Report } from '../model.ts';
import type { Narrative } from '../narrative/model.ts';
import { gatheredOf, ProofPlan } from '../proof-plan.ts';
import { RENDERERS } from '../renderers/catalogue.ts';
import { SessionDocument } from '../session-document.ts';
import { attempt } from './attempt.ts';
import { checkChallenges } from './challenges.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { checkDecided } from './decided.ts';
import { evidenceOf, type FindInput } from './evidence-source.ts';
import { type RemakeExtract, unprovenExtracts } from './extracts.ts';
import { recomputeClaims } from './figures.ts';
import { checkFindings } from './findings.ts';
import { type Intact, readIntact } from './intact.ts';
import { readNarrative } from './narrative.ts';
import { readLog } from './log.ts';
import type { Problem, VerifyOutcome } from './problem.ts';
import { readResults } from './results.ts';
import { checkClose, sequenceWarnings } from './sequences.ts';
import { shaped } from './shaped.ts';

/** How to verify. */
export interface VerifyOptions {
  /** The root key the reader trusts; without it the report can only be CONSISTENT with itself. */
  readonly root?: KeyId | undefined;
  /** Finds inputs that did not travel, by sha256 hex. */
  readonly findInput?: FindInput;
  /** Makes the extracts of a bill too large to travel again, where the reader has it. */
  readonly remakeExtract?: RemakeExtract;
  /** For warnings about keys that have expired since; judgement never uses it. */
  readonly nowMs: number;
}

/**
 * Verifies a report directory offline: who signed it, that no byte changed, that the messages and results hang together, that
 * the report follows from the results, that the renderings follow from the report, and that every figure follows from evidence.
 *
 * It proves that figures follow from the evidence and that nothing changed since signing; not that AWS sent the evidence,
 * nor that a rule is wise. It never throws for what is in the directory: each fault is a {@link Problem}.
 */
export async function verify(folder: ReportFolder, options: VerifyOptions): Promise<VerifyOutcome> {
  const problems: Problem[] = [];
  const intact = await readIntact(folder, options.root, problems);
  if (intact === undefined) return broken(problems);
  const session = readSession(intact, problems);
  const plan = readPlan(intact, problems);
  const told: Problem[] = [];
  const conversation = readConversation(readLog(intact, told), intact, told);
  checkClose(conversation, told);
  const differing: Problem[] = [];
  if (plan !== undefined) compareReport({ intact, plan, conversation }, differing);
  intact.forget(PATHS.results);
  const report = readReport(intact, session, problems);
  intact.forget(PATHS.report);
  problems.push(...told);
  if (session === undefined || plan === undefined || report === undefined) return broken(problems, intact);
  problems.push(...differing);
  compareRenderings(intact, { report, narrative: readNarrative(intact, report, session, problems) }, problems);
  checkFindings(report, problems);
  checkChallenges(report, problems);
  const extracts = await unprovenExtracts(plan.manifest, options.remakeExtract, problems);
  const source = { ...evidenceOf(intact, session, options.findInput), extracts };
  await checkDecided(report, source, problems);
  const coverage = await recomputeClaims(report.claims, source, problems);
  return {
    verdict: verdictOf(problems, intact),
    root: intact.root,
    coverage,
    claims: report.claims.length,
    messages: conversation.messages.size,
    evidence: intact.evidence.size,
    warnings: [...warningsOf(intact, options.nowMs), ...sequenceWarnings(conversation)],
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
    const { trust, manifest } = intact;
    const by = { trust, nowMs: manifest.signed_at_ms, role: 'coordinator' } as const;
    const { payload } = openDocument(fileOf(intact, PATHS.session), PAYLOAD_TYPE.session, by);
    const session = shaped(SessionDocument, payload);
    if (session.session_id === manifest.session_id) return session;
    throw new RangeError(`the session is ${session.session_id}, the manifest is of ${manifest.session_id}`);
  });
}

function readPlan(intact: Intact, problems: Problem[]): ProofPlan | undefined {
  return attempt('PLAN_INVALID', PATHS.plan, problems, () => {
    const plan = shaped(ProofPlan, json(fileOf(intact, PATHS.plan)));
    const inputs = digestOf(canonicalBytes(plan.manifest)).replace('sha256:', 'if://evidence/sha256/');
    if (plan.request.inputs === inputs) return plan;
    throw new RangeError(`the request is for the inputs ${plan.request.inputs}, the plan lists ${inputs}`);
  });
}

function readReport(intact: Intact, session: SessionDocument | undefined, problems: Problem[]): Report | undefined {
  const bytes = attempt('REPORT_HASH', PATHS.report, problems, () => {
    const found = fileOf(intact, PATHS.report);
    if (session === undefined || digestOf(found) === session.report_sha256) return found;
    throw new RangeError('the report is not the one session.json names');
  });
  if (bytes === undefined) return undefined;
  return attempt('REPORT_SHAPE', PATHS.report, problems, () => shaped(Report, json(bytes)));
}

/**
 * Makes the report again of the results signed answers name.
 *
 * Results and the second report are large and needed nowhere else, so they end here, before the report itself is read.
 */
function compareReport({ intact, plan, conversation }: Told, problems: Problem[]): void {
  const results = readResults(conversation, intact, plan, problems);
  attempt('REPORT_DIFFERS', PATHS.report, problems, () => {
    if (!isCanonicalForm(fileOf(intact, PATHS.report), composeReport(gatheredOf(plan, results))))
      throw new RangeError('the report does not follow from the signed results');
  });
}

interface Told {
  readonly intact: Intact;
  readonly plan: ProofPlan;
  readonly conversation: Conversation;
}

interface Rendered {
  readonly report: Report;
  readonly narrative: Narrative | undefined;
}

function compareRenderings(intact: Intact, { report, narrative }: Rendered, problems: Problem[]): void {
  for (const { path, render } of RENDERERS) {
    const bytes = intact.files.get(path);
    if (bytes === undefined) continue;
    attempt('RENDERING_DIFFERS', path, problems, () => {
      if (digestOf(bytes) !== digestOf(render(report, narrative)))
        throw new RangeError('the rendering does not follow from report.json and narrative.json');
    });
  }
}

function warningsOf(intact: Intact, nowMs: number): string[] {
  const expired = [...intact.trust.keys.values()].filter((key) => key.not_after <= nowMs).length;
  const warnings = expired > 0 ? [`${expired} keys have expired since this report was signed`] : [];
  return intact.trust.expiresAtMs <= nowMs
    ? [...warnings, 'the trust document has expired since this report was signed']
    : warnings;
}

function fileOf(intact: Intact, path: string): Uint8Array {
  const bytes = intact.files.get(path);
  if (bytes === undefined) throw new RangeError('the file is not in the signed manifest, or not as it was signed');
  return bytes;
}

const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
