import {
  evaluate,
  type JudgedResource,
  type JudgeResult,
  openTable,
  type Place,
  readExclusion,
  readSeries,
  type SubjectPlaces,
} from '@infrafabric/finops';
import { type Citation, isJsonObject, type JsonObject, type JsonValue, type WorkerRole } from '@infrafabric/protocol';
import type { Agent, WorkOrder } from './agent.ts';
import { contextText } from './context.ts';
import type { Desk } from './desk.ts';
import { AgentError } from './errors.ts';
import { RULES } from './rules.ts';

/** What every judging agent does: read the places its work list names, and judge what stands there with the rules of its role. */
export function judge(role: WorkerRole): Agent['perform'] {
  return async (order, desk) => {
    if (order.workList.kind !== 'judge') {
      throw new AgentError('WORK_LIST_INVALID', { message: `expected resources to judge, got ${order.workList.kind}` });
    }
    const rules = RULES.filter((rule) => rule.role === role && rule.service === order.service);
    const { subjects, denied = [] } = order.workList;
    const resources = await readSubjects(subjects, desk);
    return evaluate(rules, resources, { ...(await contextOf(order, desk)), denied }) satisfies JudgeResult;
  };
}

async function contextOf({ context }: WorkOrder, desk: Desk): Promise<Parameters<typeof evaluate>[2]> {
  const tables = isJsonObject(context['tables']) ? context['tables'] : {};
  const table = async (name: string): Promise<ReturnType<typeof openTable>> => {
    const id = contextText(tables, name);
    return openTable(await desk.document(id), id);
  };
  const [prices, instanceTypes, lifecycle] = await Promise.all([
    table('prices'),
    table('instance_types'),
    table('lifecycle'),
  ]);
  return {
    prices,
    instanceTypes,
    lifecycle,
    asOf: contextText(context, 'as_of'),
    settings: settingsOf(context['settings']),
    exclude: exclusionsOf(context['exclude']),
  };
}

function settingsOf(value: JsonValue | undefined): Record<string, number> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, number]) => [name, Number(number)]));
}

function exclusionsOf(value: JsonValue | undefined): NonNullable<Parameters<typeof evaluate>[2]['exclude']> {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => (typeof one === 'string' ? (readExclusion(one) ?? []) : []));
}

/** Reads what stands at every place of the subjects at once, so that a file of metrics is read once for all of them. */
async function readSubjects(subjects: readonly SubjectPlaces[], desk: Desk): Promise<JudgedResource[]> {
  const places = subjects.flatMap((subject) => [
    ...subject.versions.flatMap(({ places: [first] }) => first ?? []),
    ...subject.related.map(({ place }) => place),
    ...subject.series,
    ...(subject.tags ?? []),
  ]);
  const values = await desk.jsons(places.map(citationOf));
  const standing = new Map(places.map((place, index) => [place, values[index]]));
  return subjects.map((subject) => readSubject(subject, (place) => standing.get(place)));
}

function readSubject(subject: SubjectPlaces, at: (place: Place) => JsonValue | undefined): JudgedResource {
  const series = subject.series.map((place) => readSeries(at(place), citationOf(place)));
  return {
    resource: subject.resource,
    versions: subject.versions.map(({ places }) => ({
      item: readItem(places[0], at),
      citations: places.map(citationOf),
    })),
    related: subject.related.map(({ resource, place }) => ({
      resource,
      item: readItem(place, at),
      citation: citationOf(place),
    })),
    series: series.filter((one) => one !== undefined),
    ...(subject.tags === undefined
      ? {}
      : { tags: subject.tags.map((place) => ({ item: readItem(place, at), citations: [citationOf(place)] })) }),
    ...(subject.costs === undefined ? {} : { costs: subject.costs }),
  };
}

function readItem(place: Place | undefined, at: (place: Place) => JsonValue | undefined): JsonObject {
  const value = place === undefined ? undefined : at(place);
  if (isJsonObject(value)) return value;
  throw new AgentError('WORK_LIST_INVALID', {
    message: 'expected a resource, got something else',
    where: `${place?.evidence}${place?.pointer}`,
  });
}

const citationOf = ({ evidence, media_type, pointer }: Place): Citation => ({ evidence, pointer, media_type });
