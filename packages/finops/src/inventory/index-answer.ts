import { type EvidenceId, type JsonObject, type JsonValue, isJsonObject, jsonPointer } from '@infrafabric/protocol';
import type { IndexEntry } from '../model/index-entry.ts';
import { SHAPES, canonicalClient } from './catalogue.ts';
import type { Shape } from './shape.ts';
import { versionHash } from './version-hash.ts';
import { type Met, textsAt, walk } from './walk.ts';

/** One AWS answer: who was asked what and where. `account` is absent when nothing says it; `region` may be `global`. */
export interface Answer {
  readonly client: string;
  readonly operation: string;
  readonly region: string;
  readonly account?: string;
  readonly evidence: EvidenceId;
  /** What was asked, when the record of requests says it. */
  readonly input?: JsonObject;
  readonly document: JsonValue;
}

/** The resources of an answer, or why it has none; `skipped` counts items without an id or with a shape nobody expects. */
export type Indexed =
  | { readonly entries: readonly IndexEntry[]; readonly skipped: number }
  | { readonly unused: 'UNKNOWN_CLIENT' | 'UNKNOWN_OPERATION' | 'UNKNOWN_SHAPE' | 'NO_INPUT' };

/** Lists where the resources of an answer stand. Never throws: odd and partial items are skipped and counted. */
export function indexAnswer(answer: Answer): Indexed {
  const client = canonicalClient(answer.client);
  const operations = Object.hasOwn(SHAPES, client) ? SHAPES[client] : undefined;
  if (operations === undefined) return { unused: 'UNKNOWN_CLIENT' };
  const shapes = Object.hasOwn(operations, answer.operation) ? operations[answer.operation] : undefined;
  if (shapes === undefined) return { unused: 'UNKNOWN_OPERATION' };
  if (!shapes.some((shape) => hasPlace(answer, shape))) return { unused: 'UNKNOWN_SHAPE' };
  if (answer.input === undefined && shapes.every(needsInput)) return { unused: 'NO_INPUT' };
  const read = shapes.flatMap((shape) => walk(answer.document, shape.at).map((met) => entryOf(answer, shape, met)));
  const entries = read.filter((entry) => entry !== undefined);
  return { entries, skipped: read.length - entries.length };
}

/** Whether the answer has the member that holds the items; the list itself may be empty. */
function hasPlace(answer: Answer, shape: Shape): boolean {
  const { document } = answer;
  if (!isJsonObject(document)) return false;
  if (shape.has !== undefined) return Object.hasOwn(document, shape.has);
  const [member = ''] = shape.at.split('/');
  return member === '' ? idOf(answer, document, shape) !== undefined : typeof document[member] === 'object';
}

/** Whether only what was asked says what the item is about. */
const needsInput = (shape: Shape): boolean => typeof shape.id === 'string' && shape.id.startsWith(INPUT);

const INPUT = 'input:';

/** The texts at a path of the item, or of the input. */
function textsOf(answer: Answer, item: JsonObject, path: string): string[] {
  if (!path.startsWith(INPUT)) return textsAt(item, path);
  return answer.input === undefined ? [] : textsAt(answer.input, path.slice(INPUT.length));
}

function entryOf(answer: Answer, shape: Shape, met: Met): IndexEntry | undefined {
  const item = met.value;
  if (!isJsonObject(item)) return undefined;
  const id = idOf(answer, item, shape);
  const version = versionHash(item);
  if (id === undefined || version === undefined) return undefined;
  const arn = (shape.arn === undefined ? '' : (textsOf(answer, item, shape.arn)[0] ?? '')).split(':');
  const name = nameOf(item, shape);
  return {
    kind: 'resource',
    type: shape.type,
    account: accountOf(answer, shape, met, arn[4]),
    region: shape.global === true ? 'global' : arn[3] || answer.region,
    id,
    ...(name === undefined ? {} : { name }),
    evidence: answer.evidence,
    media_type: 'application/json',
    pointer: jsonPointer(met.tokens),
    version,
    refs: refsOf(item, shape),
  };
}

function idOf(answer: Answer, item: JsonObject, shape: Shape): string | undefined {
  const paths = typeof shape.id === 'string' ? [shape.id] : shape.id;
  const id = paths.flatMap((path) => textsOf(answer, item, path))[0];
  if (id === undefined || shape.within === undefined) return id;
  const within = textsAt(item, shape.within)[0];
  return within === undefined ? undefined : `${within}/${id}`;
}

function accountOf(answer: Answer, shape: Shape, met: Met, ofArn: string | undefined): string {
  const holders = isJsonObject(met.value) ? [met.value, ...met.around] : met.around;
  const owners = shape.owner === undefined ? [] : holders.flatMap((one) => textsAt(one, shape.owner ?? ''));
  const candidates = shape.listsOthers === true ? [answer.account, ...owners] : [ofArn, ...owners, answer.account];
  return candidates.find((one) => one !== undefined && /^[0-9]{12}$/.test(one)) ?? 'unknown';
}

function nameOf(item: JsonObject, shape: Shape): string | undefined {
  if (shape.name !== undefined) return textsAt(item, shape.name)[0];
  for (const { value: tag } of [...walk(item, 'Tags/*'), ...walk(item, 'TagList/*')]) {
    if (isJsonObject(tag) && tag['Key'] === 'Name' && typeof tag['Value'] === 'string' && tag['Value'] !== '') {
      return tag['Value'];
    }
  }
  return undefined;
}

/** The ids an item points to, sorted; of an ARN also the last part, as some kinds go by their name and some by their ARN. */
function refsOf(item: JsonObject, shape: Shape): string[] {
  const refs = (shape.refs ?? []).flatMap((path) => textsAt(item, path));
  const names = refs.filter((ref) => ref.startsWith('arn:')).flatMap((arn) => arn.split(/[:/]/).at(-1) || []);
  return [...new Set([...refs, ...names])].toSorted();
}
