import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { type LineRead, type LinesRead, lineShape, readLines } from './lines.ts';
import { redactJson } from './redaction.ts';

/**
 * Cuts a stream into pieces of at most `maxBytes` that end at line ends; the cuts depend on the bytes alone.
 *
 * @throws CollectError `INPUT_TOO_LARGE` for a line longer than `maxBytes`.
 */
export async function* cutAtLines(
  blocks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const block of blocks) {
    rest = Buffer.concat([rest, block]);
    while (rest.length > maxBytes) {
      const end = rest.lastIndexOf(LINE_FEED, maxBytes - 1) + 1;
      if (end === 0) throw lineTooLong(name, maxBytes);
      yield rest.subarray(0, end);
      rest = rest.subarray(end);
    }
  }
  if (rest.length > 0) yield rest;
}

const LINE_FEED = 0x0a;

/**
 * Reads a piece of `metrics.ndjson`; every line is one series as DESIGN 7 states it, and may carry more members.
 *
 * @throws CollectError as `readLines`, and `INPUT_LINE_SHAPE` for a line that is no series.
 */
export function readMetrics(
  bytes: Uint8Array,
  place: { readonly name: string; readonly linesBefore: number; readonly maxDepth: number },
): LinesRead {
  return readLines(bytes, place, readSeries);
}

function readSeries(line: JsonObject, where: string): LineRead {
  for (const [member, { holds, expected }] of Object.entries(SERIES)) {
    if (!Object.hasOwn(line, member) || !holds(line[member] ?? null)) {
      throw lineShape(where, `expected ${member} to be ${expected}`);
    }
  }
  const { values, ...rest } = line;
  const { value, redactions } = redactJson(rest, 'cloudwatch.GetMetricData');
  return redactions === 0 ? { redactions } : { redactions, redacted: { ...value, values } };
}

interface Member {
  readonly holds: (value: JsonValue) => boolean;
  readonly expected: string;
}

const text: Member = {
  holds: (value) => typeof value === 'string' && value.length > 0 && value.length <= 255,
  expected: 'a text of 1 to 255 characters',
};

/** Members of a series. Limits: CloudWatch API Reference, MetricDatum and MetricStat, 2026-11-20. */
const SERIES: Readonly<Record<string, Member>> = {
  namespace: text,
  metric: text,
  dimensions: {
    holds: (value) => isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string'),
    expected: 'an object of texts',
  },
  stat: text,
  period_seconds: {
    holds: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
    expected: 'a whole number of seconds above 0',
  },
  start: {
    holds: (value) => typeof value === 'string' && ISO_UTC.test(value) && !Number.isNaN(Date.parse(value)),
    expected: 'an ISO 8601 time in UTC such as 2026-11-06T00:00:00Z',
  },
  values: {
    holds: (value) => Array.isArray(value) && value.every((one) => one === null || Number.isFinite(one)),
    expected: 'a list of numbers and nulls',
  },
};

const ISO_UTC = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$/;

function lineTooLong(name: string, maxBytes: number): CollectError {
  return new CollectError('INPUT_TOO_LARGE', {
    message: `expected lines of at most ${maxBytes} bytes, got a longer one`,
    where: name,
    fix: 'write one series a line, and split long series by time',
  });
}
