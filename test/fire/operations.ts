/** A durable operation of the product, named for what it means: by the word of the simulation where both have it. */
export type Operation = (typeof OPERATIONS)[number];

/** Every durable operation that a process can be killed at. */
export const OPERATIONS = [
  'session.list',
  'session.create',
  'session.take',
  'session.beat',
  'session.plan',
  'session.report',
  'session.end',
  'session.cancel',
  'session.laydown',
  'task.create',
  'task.lease',
  'task.beat',
  'task.complete',
  'task.handback',
  'task.fail',
  'task.observe',
  'task.redispatch',
  'task.end',
  'blob.put',
  'evidence.put',
  'claim.put',
  'quarantine.keep',
  'bus.publish',
  'bus.receive',
  'bus.delete',
  'bus.hide',
  'report.write',
  'report.swap',
  'store.commit',
  'store.sync',
] as const;

/** Reads that faults may be put on; nobody dies at one. */
export type Read = 'evidence.get' | 'blob.get' | 'state.get' | 'state.query';

/** Before: nothing of it is durable. After: all of it is, and nobody was told. */
export type Moment = 'before' | 'after';

/** Where a process can be killed: `<operation>.<before|after>`. */
export type CrashPoint = `${Operation}.${Moment}`;

/** Every point a process can be killed at, in the order of `OPERATIONS`. */
export const CRASH_POINTS: readonly CrashPoint[] = OPERATIONS.flatMap((operation): CrashPoint[] => [
  `${operation}.before`,
  `${operation}.after`,
]);

/** A call of an SDK client: the name of its command, and its input, items as `plainItems` gives them. */
export interface Call {
  readonly command: string;
  readonly input: object;
}

/** What a call of the product means, or `undefined` when it is none of these. */
export function operationOf({ command, input }: Call): Operation | Read | undefined {
  const of = BY_COMMAND[command];
  return typeof of === 'function' ? of(input) : of;
}

type Meaning = Operation | Read | undefined;

const BY_COMMAND: Readonly<Record<string, Meaning | ((input: object) => Meaning)>> = {
  PublishBatchCommand: 'bus.publish',
  ReceiveMessageCommand: 'bus.receive',
  DeleteMessageBatchCommand: 'bus.delete',
  ChangeMessageVisibilityBatchCommand: 'bus.hide',
  GetItemCommand: 'state.get',
  QueryCommand: 'state.query',
  PutObjectCommand: (input) => objectOf(input, 'put'),
  GetObjectCommand: (input) => objectOf(input, 'get'),
  PutItemCommand: (input) => created(Object(Reflect.get(input, 'Item'))),
  UpdateItemCommand: (input) => changed(text(Reflect.get(Object(Reflect.get(input, 'Key')), 'sk')), changeIn(input)),
};

function objectOf(input: object, way: 'put' | 'get'): Meaning {
  const key = text(Reflect.get(input, 'Key'));
  if (key.includes('/evidence/')) return `evidence.${way}`;
  if (key.includes('/blob/')) return `blob.${way}`;
  if (way === 'get') return undefined;
  if (key.includes('/claim/')) return 'claim.put';
  return key.includes('/quarantine/') ? 'quarantine.keep' : undefined;
}

function created(item: object): Meaning {
  const sk = text(Reflect.get(item, 'sk'));
  if (text(Reflect.get(item, 'pk')).endsWith('#sessions')) return 'session.list';
  if (sk === 'session') return 'session.create';
  return sk.startsWith('task#') ? 'task.create' : undefined;
}

/** What an update sets, adds and removes, by attribute. */
interface AttributeChange {
  readonly set: ReadonlyMap<string, unknown>;
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
}

function changed(sk: string, change: AttributeChange): Meaning {
  if (sk === 'session') return sessionChange(change);
  return sk.startsWith('task#') ? taskChange(change) : undefined;
}

function sessionChange({ set, add, remove }: AttributeChange): Meaning {
  const state = set.get('state');
  if (set.has('cancel')) return 'session.cancel';
  if (set.has('boot_id')) return 'session.take';
  if ([...set.keys()].some((name) => name.startsWith('plan_'))) return 'session.plan';
  if (state !== undefined) return state === 'REPORTING' ? 'session.report' : 'session.end';
  if (remove.has('boot_id')) return 'session.laydown';
  return add.has('tick') ? 'session.beat' : undefined;
}

function taskChange({ set, add }: AttributeChange): Meaning {
  const state = set.get('state');
  if (state === 'LEASED') return 'task.lease';
  if (state === 'DONE') return 'task.complete';
  if (state === 'DISPATCHED') return set.has('request_wire') ? 'task.redispatch' : 'task.handback';
  if (state !== undefined) return set.has('answer_wire') ? 'task.fail' : 'task.end';
  if (set.has('obs')) return 'task.observe';
  return add.has('hb') ? 'task.beat' : undefined;
}

/** Reads the expression back that the state driver writes: names are `#n<i>`, values `:v<i>`. */
function changeIn(input: object): AttributeChange {
  const expression = text(Reflect.get(input, 'UpdateExpression'));
  const names = Object(Reflect.get(input, 'ExpressionAttributeNames'));
  const values = Object(Reflect.get(input, 'ExpressionAttributeValues'));
  const clause = (word: string): string[] =>
    (new RegExp(`${word} (.*?)(?= ADD | REMOVE |$)`).exec(expression)?.[1] ?? '').match(/#n\d+(?:(?: =)? :v\d+)?/g) ??
    [];
  const nameIn = (part: string): string => text(Reflect.get(names, part.split(' ')[0] ?? ''));
  const valueIn = (part: string): unknown => Reflect.get(values, part.split(' ').at(-1) ?? '');
  return {
    set: new Map(clause('SET').map((part) => [nameIn(part), valueIn(part)])),
    add: new Set(clause('ADD').map(nameIn)),
    remove: new Set(clause('REMOVE').map(nameIn)),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
