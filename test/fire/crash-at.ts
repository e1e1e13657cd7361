import { appendFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { onFiles } from './crash-files.ts';
import { onCommits } from './crash-store.ts';
import { faultOn } from './faults.ts';
import { type CrashPoint, type Operation, operationOf, type Read } from './operations.ts';
import { stormOver } from './storm.ts';

/**
 * Preload (`node --import`): makes a process of the product die at a named point, and write down what it did. The product
 * knows nothing of it: the points are recognised in the calls of its SDK clients, of the file system and of SQLite.
 *
 * | variable | |
 * |---|---|
 * | `CRASH_AT` | `<point>` or `<point>#<n>`: SIGKILL to itself at the n-th time it comes there |
 * | `FIRE_HISTORY` | file to which each durable operation is added as a line of JSON once it is done, and the crash before it comes |
 * | `FIRE_FAULTS` | see `faults.ts` |
 * | `FIRE_STORM` | see `storm.ts` |
 */
const [point = '', nth = '1'] = (process.env['CRASH_AT'] ?? '').split('#');
const history = process.env['FIRE_HISTORY'];
let left = Number(nth);

function passing(at: CrashPoint): void {
  if (at !== point || (left -= 1) > 0) return;
  note({ crash: at });
  process.kill(process.pid, 'SIGKILL');
}

function note(entry: object): void {
  if (history !== undefined)
    appendFileSync(history, `${JSON.stringify({ pid: process.pid, at_ms: Date.now(), ...entry })}\n`);
}

type Send = (this: object, command: object, ...rest: unknown[]) => Promise<unknown>;

const base: { send: Send } = Object.getPrototypeOf(DynamoDBClient.prototype);
const { send } = base;
base.send = async function sendAndTell(command, ...rest) {
  stormOver(this);
  const said = Object(Reflect.get(command, 'input'));
  const isOnTable = Reflect.has(said, 'TableName');
  const input = isOnTable ? plainItems(said) : said;
  const operation = operationOf({ command: command.constructor.name, input });
  if (operation === undefined) return send.call(this, command, ...rest);
  await faultOn(operation, input);
  if (isRead(operation)) return send.call(this, command, ...rest);
  passing(`${operation}.before`);
  const output = await send.call(this, command, ...rest);
  if (happened(operation, output)) {
    note({ operation, ...itemOf(input, isOnTable ? plainItems(Object(output)) : Object(output)) });
    passing(`${operation}.after`);
  }
  return output;
};

onFiles(passing, (operation) => note({ operation }));
onCommits(passing);

/** What was said to DynamoDB, or by it, with the values of its items as JavaScript has them. */
function plainItems(said: object): object {
  const members = Object.entries(said).filter(([name, value]) => ITEMS.has(name) && typeof value === 'object');
  return { ...said, ...Object.fromEntries(members.map(([name, value]) => [name, unmarshall(value)])) };
}

const ITEMS = new Set(['Item', 'Key', 'Attributes', 'ExpressionAttributeValues']);

const isRead = (operation: Operation | Read): operation is Read => /\.(get|query)$/.test(operation);

/** A receive that brought nothing changed nothing. */
function happened(operation: Operation, output: unknown): boolean {
  return operation !== 'bus.receive' || (Reflect.get(Object(output), 'Messages') ?? []).length > 0;
}

/** Which item an operation wrote, and what of it the checks need. */
function itemOf(input: object, output: object): object {
  const key = Object(Reflect.get(input, 'Key') ?? Reflect.get(input, 'Item'));
  if (typeof Reflect.get(key, 'sk') !== 'string') return {};
  const item = Object(Reflect.get(output, 'Attributes') ?? key);
  const { pk, sk } = Object(key);
  const { state, fence, attempt, dispatch, hb, tick } = Object(item);
  return { pk, sk, state, fence, attempt, dispatch, hb, tick };
}
