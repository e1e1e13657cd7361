import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { evaluate, indexAnswer, type IndexEntry, type JudgedResource, type Rule } from '@infrafabric/finops';
import { aTable } from '@infrafabric/finops/testing';
import {
  evidenceId,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  resolvePointer,
  sha256Hex,
} from '@infrafabric/protocol';

/** Members of AWS answers that rules asked for while judging an estate: `<kind> <member>/<member>`, and which of them were there. */
export interface RuleFields {
  readonly used: ReadonlySet<string>;
  readonly present: ReadonlySet<string>;
  /** Answers that were read as JSON. */
  readonly answers: number;
  readonly broken: readonly string[];
}

/** Judges every answer of a directory and watches which members the rules read. */
export function ruleFields(estate: string, rules: readonly Rule[]): RuleFields {
  const used = new Set<string>();
  const present = new Set<string>();
  const watched = rules.map((rule) => ({
    ...rule,
    judge: (subject: Parameters<Rule['judge']>[0]) =>
      rule.judge({
        ...subject,
        item: watch(subject.item, { kind: subject.resource.type, used, present }),
        related: (type) =>
          subject.related(type).map((one) => ({ ...one, item: watch(one.item, { kind: type, used, present }) })),
      }),
  }));
  const files = existsSync(estate) ? answersUnder(estate) : [];
  const tables = { prices: aTable({}), instanceTypes: aTable({}), lifecycle: aTable({}), asOf: '2026-11-20' };
  const { findings } = evaluate(watched, resourcesOf(files), tables);
  const broken = findings.flatMap(({ rule, reason, detail }) =>
    reason === 'RULE_ERROR' ? [`${rule}: ${detail}`] : [],
  );
  return { used, present, answers: files.length, broken };
}

/** Where reads are noted, and the kind they are of. */
interface Notes {
  readonly kind: string;
  readonly used: Set<string>;
  readonly present: Set<string>;
}

/** An object that notes what is read of it; elements of lists go by the name of the list. */
function watch(item: JsonObject, notes: Notes, path = ''): JsonObject {
  return new Proxy(item, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof name !== 'string') return value;
      if (Array.isArray(target)) return /^\d+$/.test(name) ? deeper(value, notes, path) : value;
      const here = path === '' ? name : `${path}/${name}`;
      notes.used.add(`${notes.kind} ${here}`);
      if ((value ?? null) !== null) notes.present.add(`${notes.kind} ${here}`);
      return deeper(value, notes, here);
    },
  });
}

const deeper = (value: unknown, notes: Notes, path: string): unknown =>
  typeof value === 'object' && value !== null ? watch(value as JsonObject, notes, path) : value;

interface Answer {
  readonly region: string;
  readonly client: string;
  readonly operation: string;
  readonly document: JsonValue;
  readonly id: ReturnType<typeof evidenceId>;
}

function answersUnder(estate: string): Answer[] {
  return readdirSync(estate, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(join(estate, name), 'utf8');
      const [client = '', operation = ''] = basename(name).split('.');
      return {
        region: basename(dirname(name)),
        client,
        operation,
        document: JSON.parse(text) as JsonValue,
        id: evidenceId(sha256Hex(text)),
      };
    });
}

/** Every description as its own resource, linked to all it points to. */
function resourcesOf(answers: readonly Answer[]): JudgedResource[] {
  const entries = answers.flatMap(({ client, operation, region, document, id }) => {
    const indexed = indexAnswer({ client, operation, region, document, evidence: id });
    return 'entries' in indexed ? indexed.entries.map((entry) => ({ entry, item: itemAt(document, entry) })) : [];
  });
  const byId = Map.groupBy(entries, ({ entry }) => entry.id);
  const byRef = Map.groupBy(
    entries.flatMap((one) => one.entry.refs.map((ref) => ({ ref, one }))),
    ({ ref }) => ref,
  );
  return entries.flatMap(({ entry, item }) => {
    if (entry.type === 'Series') return [];
    const linked = [
      ...entry.refs.flatMap((ref) => byId.get(ref) ?? []),
      ...(byRef.get(entry.id) ?? []).map(({ one }) => one),
    ];
    return [
      {
        resource: { account: '111122223333', region: entry.region, type: entry.type, id: entry.id },
        versions: [{ item, citations: [citationOf(entry)] }],
        related: linked.flatMap((one) => relatedTo(one)),
        series: [],
      },
    ];
  });
}

function relatedTo({
  entry,
  item,
}: {
  readonly entry: IndexEntry;
  readonly item: JsonObject;
}): JudgedResource['related'] {
  if (entry.type === 'Series') return [];
  const resource = { account: '111122223333', region: entry.region, type: entry.type, id: entry.id };
  return [{ resource, item, citation: citationOf(entry) }];
}

const citationOf = ({ evidence, pointer, media_type }: IndexEntry) => ({ evidence, pointer, media_type });

function itemAt(document: JsonValue, { pointer }: IndexEntry): JsonObject {
  const item = resolvePointer(document, pointer);
  return isJsonObject(item) ? item : {};
}
