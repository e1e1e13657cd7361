import { LlmError } from '@infrafabric/llm';
import {
  canonicalBytes,
  digestOf,
  evidenceId,
  type Observer,
  type SessionId,
  type SessionRecord,
} from '@infrafabric/protocol';
import type { Narrative, Report } from '@infrafabric/report';
import type { Fabric } from '../fabric.ts';
import { redactionKey } from '../redaction-key.ts';
import { narrate, unwritten } from './narrate.ts';
import { chosenModel, type Narrator, openNarrator } from './open-narrator.ts';
import { type ReadQuestion, readQuestion } from './read-question.ts';

/** What a narration is told of its session. */
export interface NarrationOptions {
  readonly sessionId: SessionId;
  readonly question: string | null;
  readonly asOf: string;
  readonly observer: Observer;
  readonly notice?: ((line: string) => void) | undefined;
  readonly signal: AbortSignal;
}

/** The part of a model in one session. */
export interface Narration {
  /** Present when a model chose which known question was asked. */
  readonly question: ReadQuestion | undefined;
  /** Puts the report of a session that is over in words and keeps them with it: the session as it is then. @throws LlmError `LLM_CANCELLED`. */
  readonly write: (session: SessionRecord) => Promise<SessionRecord>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the model of the settings, says where requests go, and reads the question when no rule does. Whatever fails but the
 * name of a model is a gap of the words, never of the analysis.
 */
export async function openNarration(fabric: Fabric, options: NarrationOptions): Promise<Narration> {
  const { config } = fabric;
  const model = chosenModel(config);
  if (config.llm === 'none' || model === undefined) throw new TypeError('expected settings that name a model');
  const origin = { provider: config.llm, modelId: model.id };
  const opened = await settled(() => openTold(fabric, options));
  const asked = opened instanceof LlmError ? undefined : await settled(() => ask(opened, fabric, options));
  return {
    question: asked instanceof LlmError ? undefined : asked,
    async write(session) {
      const report = await reportOf(fabric, session);
      if (report === undefined) return session;
      const told = {
        ...report,
        question: asked instanceof LlmError ? undefined : asked,
        key: redactionKey(fabric.home),
      };
      const written =
        opened instanceof LlmError ? unwritten(origin, told, opened) : await narrate(opened, told, options.signal);
      return keep(fabric, session, asked instanceof LlmError ? withGap(written, asked) : written);
    },
    close: async () => (opened instanceof LlmError ? undefined : opened.close()),
  };
}

async function openTold(fabric: Fabric, { sessionId, observer, notice }: NarrationOptions): Promise<Narrator> {
  const narrator = await openNarrator(fabric, sessionId, observer);
  if (narrator === undefined) throw new TypeError('expected a model of the settings');
  notice?.(await narrator.notice());
  return narrator;
}

async function ask(
  { model }: Narrator,
  { home }: Fabric,
  { question, asOf, signal }: NarrationOptions,
): Promise<ReadQuestion | undefined> {
  return question === null ? undefined : readQuestion(model, { question, asOf, key: redactionKey(home) }, signal);
}

/** A failure of the model as a value; one of ours or a person's stop is thrown on. */
async function settled<T>(call: () => Promise<T>): Promise<T | LlmError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof LlmError && error.code !== 'LLM_CANCELLED') return error;
    throw error;
  }
}

async function reportOf(
  { blobsOf }: Fabric,
  { session_id, report_sha256: sha256 }: SessionRecord,
): Promise<{ readonly report: Report; readonly sha256: NonNullable<SessionRecord['report_sha256']> } | undefined> {
  if (sha256 === undefined) return undefined;
  const bytes = await blobsOf(session_id).get(evidenceId(sha256.slice('sha256:'.length)));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- named by hash: only our own writers made it
  return { report: JSON.parse(new TextDecoder().decode(bytes)) as Report, sha256 };
}

const withGap = (narrative: Narrative, { code, message }: LlmError): Narrative => ({
  ...narrative,
  gaps: [...narrative.gaps, { code, what: 'plan-question', detail: message }],
});

/** The first narrative of a session stays. */
async function keep({ blobsOf, state }: Fabric, session: SessionRecord, narrative: Narrative): Promise<SessionRecord> {
  const bytes = canonicalBytes(narrative);
  const { session_id } = session;
  await blobsOf(session_id).put(bytes);
  const change = {
    expect: { narrative_sha256: { absent: true } },
    set: { narrative_sha256: digestOf(bytes) },
  } as const;
  return (await state.changeSession(session_id, change)) ?? (await state.session(session_id)) ?? session;
}
