import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation, Read } from './operations.ts';

/**
 * Faults of single operations, from `FIRE_FAULTS`: `<operation>[@<text in its key>]=<act>#<first>[-<last>][!<until>]`, several
 * divided by `;`, counted in this process. `act`: `throttle` and `reject` answer what AWS answers for good, `missing` that there
 * is no such object, `slow:<ms>` waits first. `until`: none any more once the history has this operation.
 */
export async function faultOn(operation: Operation | Read, input: object): Promise<void> {
  for (const fault of FAULTS) {
    if (fault.operation !== operation || !String(Reflect.get(input, 'Key') ?? '').includes(fault.key)) continue;
    fault.count += 1;
    if (fault.count < fault.first || fault.count > fault.last || isPast(fault.until)) continue;
    if (fault.act.startsWith('slow:')) await sleep(Number(fault.act.slice('slow:'.length)));
    else throw refusal(fault.act);
  }
}

const FAULTS = (process.env['FIRE_FAULTS'] ?? '')
  .split(';')
  .filter((text) => text !== '')
  .map((text) => {
    const match = /^([^=@]+)(?:@([^=]+))?=([^#]+)#(\d+)(?:-(\d+))?(?:!(.+))?$/.exec(text);
    if (match === null) throw new TypeError(`expected a fault such as evidence.get=throttle#1-3, got ${text}`);
    const [, operation = '', key = '', act = '', first = '1', last = first, until] = match;
    return { operation, key, act, first: Number(first), last: Number(last), until, count: 0 };
  });

function isPast(operation: string | undefined): boolean {
  const history = process.env['FIRE_HISTORY'] ?? '';
  return operation !== undefined && existsSync(history) && readFileSync(history, 'utf8').includes(`"${operation}"`);
}

/** What the SDK throws once it has tried often enough. */
function refusal(act: string): Error {
  const [name, httpStatusCode] = NAMES.get(act) ?? ['ValidationException', 400];
  return Object.assign(new Error(`injected: ${name}`), { name, $fault: 'client', $metadata: { httpStatusCode } });
}

const NAMES: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['throttle', ['ThrottlingException', 400]],
  ['missing', ['NoSuchKey', 404]],
]);
