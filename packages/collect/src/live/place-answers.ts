import { bulkhead } from 'cockatiel';
import type { JsonObject } from '@infrafabric/protocol';
import { type AskPorts, type Asked, askAllPages } from './asker.ts';
import type { AwsFailure } from './aws-failure.ts';
import type { AskedPage, Collector, InputContext } from './collector.ts';
import { sdkJson } from './sdk-json.ts';

/** Where collectors are asked. `region` is where the calls go, the home region for global ones. */
export interface PlaceContext {
  readonly account: string;
  readonly region: string;
  readonly today: string;
  readonly days: number;
  readonly cacheMinutes: number;
}

/** A call without an answer, or with none to give. */
export interface Unanswered {
  readonly input: JsonObject;
  readonly atMs: number;
  readonly failure?: AwsFailure;
  readonly absent?: string;
}

/** Everything one collector got in one place. */
export interface CollectorAnswers {
  readonly collector: Collector;
  readonly pages: readonly (AskedPage & { readonly atMs: number })[];
  readonly unanswered: readonly Unanswered[];
  readonly calls: number;
  readonly cacheHits: number;
}

/**
 * Asks every collector of one place, detail operations after the ones they read, at most `CALLS_AT_ONCE` calls side by side.
 *
 * A failing collector keeps what it got and holds up nobody; once the credentials fail no further call is sent.
 * @throws the reason of the signal when it aborts.
 */
export async function answersOfPlace(
  collectors: readonly Collector[],
  context: PlaceContext,
  ports: AskPorts,
): Promise<CollectorAnswers[]> {
  const place: Place = { context, ports, gate: bulkhead(CALLS_AT_ONCE, Number.MAX_SAFE_INTEGER), stopped: undefined };
  const running = new Map<string, Promise<CollectorAnswers>>();
  for (const collector of inOrderOfNeed(collectors)) {
    const needs = collector.after.map((id) => running.get(id)).filter((need) => need !== undefined);
    running.set(collector.id, askAfter(collector, needs, place));
  }
  return Promise.all(running.values());
}

/** Own choice: enough to hide the latency of one region, few enough for the rate limits of 20 regions side by side. */
const CALLS_AT_ONCE = 8;

/** Collectors so that each stands after the ones it reads; what reads itself in a circle stays where it was. */
export function inOrderOfNeed(collectors: readonly Collector[]): Collector[] {
  const byId = new Map(collectors.map((collector) => [collector.id, collector]));
  const ordered = new Set<Collector>();
  const visiting = new Set<Collector>();
  const visit = (collector: Collector): void => {
    if (ordered.has(collector) || visiting.has(collector)) return;
    visiting.add(collector);
    for (const id of collector.after) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
    ordered.add(collector);
  };
  for (const collector of collectors) visit(collector);
  return [...ordered];
}

interface Place {
  readonly context: PlaceContext;
  readonly ports: AskPorts;
  readonly gate: { execute<T>(call: () => Promise<T>): Promise<T> };
  /** The failure of the credentials, once they failed. */
  stopped: AwsFailure | undefined;
}

async function askAfter(
  collector: Collector,
  needs: readonly Promise<CollectorAnswers>[],
  place: Place,
): Promise<CollectorAnswers> {
  const read = new Map((await Promise.all(needs)).map((answers) => [answers.collector.id, answers.pages]));
  const { account, region, today, days } = place.context;
  const context: InputContext = { account, region, today, days, answers: (id) => read.get(id) ?? [] };
  const inputs = collector.inputs(context);
  const denials = { inARow: 0 };
  const outcomes = await Promise.all(
    inputs
      .slice(0, collector.maxInputs)
      .map((input) => place.gate.execute(() => askOne(collector, input, denials, place))),
  );
  const cut = inputs.length > collector.maxInputs ? [tooMany(inputs.length, collector, place)] : [];
  return {
    collector,
    pages: outcomes.flatMap((one) => one?.pages ?? []),
    unanswered: [...outcomes.flatMap((one) => (one === undefined ? [] : unansweredOf(one))), ...cut],
    calls: outcomes.reduce((sum, one) => sum + (one?.calls ?? 0), 0),
    cacheHits: outcomes.filter((one) => one?.isCached).length,
  };
}

type Outcome = Asked & { readonly input: JsonObject };

/** `undefined`: not asked, because the same operation was denied again and again. */
async function askOne(
  collector: Collector,
  input: object,
  denials: { inARow: number },
  place: Place,
): Promise<Outcome | undefined> {
  const asJson = sdkJson(input);
  if (place.stopped !== undefined) return notSent(asJson, place.stopped, place);
  if (denials.inARow >= DENIALS_ENOUGH) return undefined;
  const { account, region, cacheMinutes } = place.context;
  const asked = await askAllPages(collector, { account, region, input, cacheMinutes }, place.ports);
  const meaning = asked.failed?.failure.meaning;
  denials.inARow = meaning === 'denied' ? denials.inARow + 1 : 0;
  if (meaning === 'credentials') place.stopped = asked.failed?.failure;
  return { ...asked, input: asJson };
}

/** Own choice: three denials in a row of one operation are no accident of one resource's own policy. */
const DENIALS_ENOUGH = 3;

function notSent(input: JsonObject, failure: AwsFailure, place: Place): Outcome {
  const atMs = place.ports.clock.nowMs();
  return { input, pages: [], failed: { input, failure, atMs }, calls: 0, isCached: false };
}

function unansweredOf({ failed, absent, input, pages }: Outcome): Unanswered[] {
  if (failed !== undefined) return [failed];
  return absent === undefined ? [] : [{ input, atMs: pages[0]?.atMs ?? 0, absent: absent.error_code }];
}

function tooMany(inputs: number, collector: Collector, place: Place): Unanswered {
  return {
    input: { inputs, asked: collector.maxInputs },
    atMs: place.ports.clock.nowMs(),
    failure: { error_code: 'TooManyInputs', meaning: 'refused' },
  };
}
