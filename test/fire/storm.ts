/**
 * A throttling storm of the emulated AWS, from `FIRE_STORM`: `<rate>:<seed>:<calm ms>/<storm ms>`. While it blows, that share
 * of all requests of this process is answered as AWS throttles, before the emulator sees them: the SDK's own retries meet it.
 */
export function stormOver(client: object): void {
  if (STORM === undefined) return;
  const handler = Object(Reflect.get(Object(Reflect.get(client, 'config')), 'requestHandler'));
  if (typeof handler.handle !== 'function' || STRUCK.has(handler)) return;
  STRUCK.add(handler);
  const { handle } = handler;
  handler.handle = async (request: object, ...rest: unknown[]) => {
    if (!isStruck(STORM)) return handle.call(handler, request, ...rest);
    return { response: throttled(Object(Reflect.get(request, 'headers'))) };
  };
}

interface Storm {
  readonly rate: number;
  readonly calmMs: number;
  readonly stormMs: number;
  state: number;
}

const STRUCK = new WeakSet();
const STORM = stormIn(process.env['FIRE_STORM'] ?? '');
const START_MS = performance.now();

function stormIn(text: string): Storm | undefined {
  if (text === '') return undefined;
  const [, rate, seed, calmMs, stormMs] = /^([\d.]+):(\d+):(\d+)\/(\d+)$/.exec(text) ?? [];
  if (rate === undefined) throw new TypeError(`expected a storm such as 0.5:7:300/1500, got ${text}`);
  return { rate: Number(rate), calmMs: Number(calmMs), stormMs: Number(stormMs), state: Number(seed) };
}

function isStruck(storm: Storm): boolean {
  const phase = (performance.now() - START_MS) % (storm.calmMs + storm.stormMs);
  if (phase < storm.calmMs) return false;
  // Numerical Recipes' LCG (2nd edition, 7.1): enough for a coin.
  storm.state = (Math.imul(storm.state, 1_664_525) + 1_013_904_223) >>> 0;
  return storm.state / 2 ** 32 < storm.rate;
}

/** The answer of the service that was asked, recognised as the emulator recognises it: by its target, its form, or neither. */
function throttled(headers: object): object {
  const target = String(Reflect.get(headers, 'x-amz-target') ?? '');
  const type = String(Reflect.get(headers, 'content-type') ?? '');
  if (target !== '')
    return answer(400, 'application/x-amz-json-1.0', JSON.stringify({ __type: 'ThrottlingException', message: SLOW }));
  const isQuery = type.startsWith('application/x-www-form-urlencoded');
  const [status, code] = isQuery ? [400, 'Throttled'] : [503, 'SlowDown'];
  const error = `<Error>${isQuery ? '<Type>Sender</Type>' : ''}<Code>${code}</Code><Message>${SLOW}</Message></Error>`;
  const text = isQuery ? `<ErrorResponse>${error}<RequestId>storm</RequestId></ErrorResponse>` : error;
  return answer(status, 'text/xml', text);
}

const SLOW = 'Rate exceeded';

function answer(statusCode: number, type: string, text: string): object {
  const body = new TextEncoder().encode(text);
  return { statusCode, headers: { 'content-type': type, 'content-length': String(body.length) }, body };
}
