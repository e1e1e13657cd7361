import { Handles, openTextMask } from '@infrafabric/collect/pseudonyms';
import { GROUPING_WORDS, INTENTS, questionOf, type Route, routeQuestion, SERVICES } from '@infrafabric/finops';
import { type Model, type PlannedQuestion, planQuestion } from '@infrafabric/llm';

/** A question as it was asked, and the known question a model chose for it. */
export interface ReadQuestion {
  readonly asked: string;
  readonly read_as: string;
}

/**
 * Has a model choose which known question was asked, when no rule understands it; `undefined` when one does or none fits. Only
 * the choice is the model's: months, accounts, tags and counts are read from the question by rule. What is analysed is the known
 * question, so the same report is made without a model when that one is asked.
 *
 * @throws LlmError
 */
export async function readQuestion(
  model: Model,
  { question, asOf, key }: { readonly question: string; readonly asOf: string; readonly key: Uint8Array },
  signal: AbortSignal,
): Promise<ReadQuestion | undefined> {
  const route = routeQuestion(question, asOf);
  if (route.intent !== undefined) return undefined;
  const mask = openTextMask(new Handles(key), { names: [], ours: SERVICE_NAMES });
  const data = { question: mask.mask(question), intents: { ...INTENTS } };
  const planned = await model.ask(PROMPT, data, signal);
  const readAs = questionOf(routeOf(planned, route), asOf);
  return readAs === undefined ? undefined : { asked: question, read_as: readAs };
}

const PROMPT = planQuestion({
  intents: Object.keys(INTENTS),
  services: SERVICES.map(({ key }) => key),
  groupings: GROUPING_WORDS,
});

const SERVICE_NAMES = SERVICES.flatMap(({ key, name, also }) => [key, name, ...also]);

/** What rules read from the question stands; the model fills in what they did not. */
function routeOf({ intent, service, by }: PlannedQuestion, read: Route): Route {
  return {
    ...read,
    intent: isIntent(intent) ? intent : undefined,
    ...(read.service === undefined && service !== null ? { service } : {}),
    ...(read.by === undefined && isGrouping(by) ? { by } : {}),
  };
}

const isIntent = (word: string): word is NonNullable<Route['intent']> => word in INTENTS;
const isGrouping = (word: string | null): word is NonNullable<Route['by']> =>
  GROUPING_WORDS.some((one) => one === word);
