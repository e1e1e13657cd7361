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
    const resources: JudgedResource[] = [];
    for (const subject of order.workList.subjects) resources.push(await readSubject(subject, desk));
    const { denied = [] } = order.workList;
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

async function readSubject(subject: SubjectPlaces, desk: Desk): Promise<JudgedResource> {
  const versions = await Promise.all(
    subject.versions.map(async ({ places }) => ({
      item: await readItem(places[0], desk),
      citations: places.map(citationOf),
    })),
  );
  const related = await Promise.all(
    subject.related.map(async ({ resource, place }) => ({
      resource,
      item: await readItem(place, desk),
      citation: citationOf(place),
    })),
  );
  const series = await Promise.all(
    subject.series.map(async (place) => readSeries(await desk.json(citationOf(place)), citationOf(place))),
  );
  return {
    resource: subject.resource,
    versions,
    related,
    series: series.filter((one) => one !== undefined),
    ...(subject.costs === undefined ? {} : { costs: subject.costs }),
  };
}

async function readItem(place: Place | undefined, desk: Desk): Promise<JsonObject> {
  const value = place === undefined ? undefined : await desk.json(citationOf(place));
  if (isJsonObject(value)) return value;
  throw new AgentError('WORK_LIST_INVALID', {
    message: 'expected a resource, got something else',
    where: `${place?.evidence}${place?.pointer}`,
  });
}

const citationOf = ({ evidence, media_type, pointer }: Place): Citation => ({ evidence, pointer, media_type });
