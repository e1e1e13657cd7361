import { executiveSummary, explainFinding, LlmError } from '@infrafabric/llm';
import type { Digest } from '@infrafabric/protocol';
import { type Narrative, openGate, type Report } from '@infrafabric/report';
import { claimsOfSummary, explainedFindings } from './chosen-claims.ts';
import type { Narrator } from './open-narrator.ts';
import { maskOf, sendClaims, sendFinding } from './sent-claims.ts';

/** A report to put in words. */
export interface Told {
  readonly report: Report;
  readonly sha256: Digest;
  readonly question: Narrative['question'];
  /** The key of the handles; it stays on this machine. */
  readonly key: Uint8Array;
}

/**
 * Asks a model for the summary and the largest findings in words. What it answers passes the gate or is counted; what fails is
 * a gap. The report is complete without it and stays as it is.
 *
 * @throws LlmError `LLM_CANCELLED`.
 */
export async function narrate(
  { model, provider, modelId }: Narrator,
  told: Told,
  signal: AbortSignal,
): Promise<Narrative> {
  const mask = maskOf(told.report, told.key);
  const gate = openGate(told.report);
  const summarised = sendClaims(claimsOfSummary(told.report), mask);
  const explained = explainedFindings(told.report).map(({ finding, claims }) => ({
    finding,
    sent: sendClaims(claims, mask),
    about: sendFinding(finding, mask),
  }));
  const [summary, ...explanations] = await Promise.all([
    attempt(executiveSummary.name, async () =>
      summarised.admitted(await model.ask(executiveSummary, { claims: summarised.json }, signal), gate),
    ),
    ...explained.map(({ sent, about }) =>
      attempt(explainFinding.name, async () =>
        sent.admitted(await model.ask(explainFinding, { finding: about, claims: sent.json }, signal), gate),
      ),
    ),
  ]);
  const parts = [summary, ...explanations];
  const { calls, cached, inputTokens, outputTokens, usd } = model.costSummary();
  return {
    format: 'infrafabric.narrative/1',
    report_sha256: told.sha256,
    provider,
    model: modelId,
    ...(told.question === undefined ? {} : { question: told.question }),
    summary: summary.sentences,
    explanations: explained.flatMap(({ finding }, at) => {
      const sentences = explanations[at]?.sentences ?? [];
      return sentences.length === 0 ? [] : [{ finding: finding.id, sentences }];
    }),
    refused: parts.reduce((sum, { refused }) => sum + refused, 0),
    gaps: gapsOf(parts, summary),
    spent: { calls, cached, input_tokens: inputTokens, output_tokens: outputTokens, usd },
  };
}

/** A narrative of nothing but the reason why there is none. */
export function unwritten(
  { provider, modelId }: Pick<Narrator, 'provider' | 'modelId'>,
  { sha256 }: Pick<Told, 'sha256'>,
  error: LlmError,
): Narrative {
  return {
    format: 'infrafabric.narrative/1',
    report_sha256: sha256,
    provider,
    model: modelId,
    summary: [],
    explanations: [],
    refused: 0,
    gaps: [gapOf('model', error)],
    spent: { calls: 0, cached: 0, input_tokens: 0, output_tokens: 0, usd: '0.00' },
  };
}

type Gap = Narrative['gaps'][number];

interface Part {
  readonly sentences: Narrative['summary'];
  readonly refused: number;
  readonly gap?: Gap;
}

async function attempt(what: string, ask: () => Promise<Part>): Promise<Part> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof LlmError) || error.code === 'LLM_CANCELLED') throw error;
    return { sentences: [], refused: 0, gap: gapOf(what, error) };
  }
}

const gapOf = (what: string, { code, message, fix }: LlmError): Gap => ({
  code,
  what,
  detail: fix === undefined ? message : `${message}; ${fix}`,
});

/** One gap for each thing that went wrong, however often; and one when nothing of the summary could be shown. */
function gapsOf(parts: readonly Part[], summary: Part): Gap[] {
  const gaps = new Map(parts.flatMap(({ gap }) => (gap === undefined ? [] : [[gap.code, gap]])));
  if (summary.gap === undefined && summary.sentences.length === 0) {
    const detail = `no sentence of the summary stood on the claims it cited; ${summary.refused} were left out`;
    gaps.set('LLM_UNSUPPORTED', { code: 'LLM_UNSUPPORTED', what: executiveSummary.name, detail });
  }
  return [...gaps.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
