import * as z from 'zod';
import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { ACCOUNT, REGION } from '../engine/identity.ts';
import { type ActionMaker, type JsonActions, actionMaker } from '../wire/action.ts';
import type { JsonService } from '../wire/json.ts';
import { filterTerms } from './filter-pattern.ts';
import { type LogEvent, LogTable } from './log-table.ts';

const GROUP = { logGroupName: z.string() };
const STREAM = { ...GROUP, logStreamName: z.string() };
const CreateLogGroup = z.strictObject(GROUP);
const CreateLogStream = z.strictObject(STREAM);
const PutRetentionPolicy = z.strictObject({ ...GROUP, retentionInDays: z.int() });
const DescribeLogGroups = z.strictObject({
  logGroupNamePrefix: z.string().optional(),
  limit: z.int().min(1).max(50).optional(),
  nextToken: z.string().optional(),
});
const PutLogEvents = z.strictObject({
  ...STREAM,
  logEvents: z
    .array(z.strictObject({ timestamp: z.int(), message: z.string().min(1) }))
    .min(1)
    .max(10_000),
  sequenceToken: z.string().optional(),
});
const WINDOW = {
  startTime: z.int().optional(),
  endTime: z.int().optional(),
  nextToken: z.string().optional(),
  limit: z.int().min(1).max(10_000).optional(),
};
const FilterLogEvents = z.strictObject({
  ...GROUP,
  ...WINDOW,
  logStreamNames: z.array(z.string()).max(100).optional(),
  filterPattern: z.string().optional(),
});
const GetLogEvents = z.strictObject({ ...STREAM, ...WINDOW, startFromHead: z.boolean().optional() });
type GetLogEvents = z.infer<typeof GetLogEvents>;

/** The farthest moment there is, in milliseconds. */
const END_OF_TIME_MS = 8.64e15;

/** Log groups, streams and events. Retention is stored and returned; nothing is deleted by age. */
export function openLogs(db: Database, clock: Clock): JsonService {
  const logs = new LogTable(db);
  const make = actionMaker(db, { missing: 'InvalidParameterException', invalid: 'InvalidParameterException' });
  return {
    actions: { ...groupActions(logs, clock, make), ...eventActions(logs, clock, make) },
    version: '1.1',
    namespace: '',
    unknownOperation: 'UnknownOperationException',
  };
}

function groupActions(logs: LogTable, clock: Clock, make: ActionMaker): JsonActions {
  return {
    CreateLogGroup: make.writes(CreateLogGroup, (input) => logs.createGroup(input.logGroupName, clock.nowMs())),
    CreateLogStream: make.writes(CreateLogStream, (input) => {
      logs.createStream(input.logGroupName, input.logStreamName);
    }),
    PutRetentionPolicy: make.writes(PutRetentionPolicy, (input) => {
      logs.setRetention(input.logGroupName, input.retentionInDays);
    }),
    DescribeLogGroups: make.reads(DescribeLogGroups, (input) => {
      const limit = input.limit ?? 50;
      const groups = logs.groups(input.logGroupNamePrefix ?? '', input.nextToken ?? '', limit + 1);
      const shown = groups.slice(0, limit);
      return {
        logGroups: shown.map((group) => ({
          logGroupName: group.name,
          creationTime: group.createdMs,
          ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
          storedBytes: group.storedBytes,
          arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${group.name}:*`,
        })),
        ...(groups.length > limit ? { nextToken: shown.at(-1)?.name } : {}),
      };
    }),
  };
}

function eventActions(logs: LogTable, clock: Clock, make: ActionMaker): JsonActions {
  return {
    PutLogEvents: make.writes(PutLogEvents, (input) => {
      logs.requireStream(input.logGroupName, input.logStreamName);
      const ingestedMs = clock.nowMs();
      for (const { timestamp, message } of input.logEvents) {
        logs.add(input.logGroupName, input.logStreamName, { atMs: timestamp, ingestedMs, message });
      }
      return { nextSequenceToken: '0' };
    }),
    FilterLogEvents: make.reads(FilterLogEvents, (input) => {
      logs.requireGroup(input.logGroupName);
      const limit = input.limit ?? 10_000;
      const offset = Number(input.nextToken ?? '0');
      const events = logs.events(input.logGroupName, {
        streams: input.logStreamNames ?? [],
        startMs: input.startTime ?? 0,
        endMs: (input.endTime ?? END_OF_TIME_MS) + 1,
        terms: filterTerms(input.filterPattern ?? ''),
        offset,
        limit: limit + 1,
      });
      return {
        events: events.slice(0, limit).map((event) => ({
          logStreamName: event.stream,
          ...eventOf(event),
          eventId: String(event.id),
        })),
        searchedLogStreams: [],
        ...(events.length > limit ? { nextToken: String(offset + limit) } : {}),
      };
    }),
    GetLogEvents: make.reads(GetLogEvents, (input) => getLogEvents(logs, input)),
  };
}

/** Tokens are `f/<n>` and `b/<n>`, with `n` events before the place they mean; a token that leads nowhere answers itself. */
function getLogEvents(logs: LogTable, input: GetLogEvents): object {
  logs.requireStream(input.logGroupName, input.logStreamName);
  const limit = input.limit ?? 10_000;
  const window = {
    streams: [input.logStreamName],
    startMs: input.startTime ?? 0,
    endMs: input.endTime ?? END_OF_TIME_MS,
    terms: [],
    offset: 0,
    limit,
  };
  const [, direction, place] = /^([fb])\/(\d+)$/.exec(input.nextToken ?? '') ?? [];
  const head = input.startFromHead === true || direction === 'f';
  const end = logs.count(input.logGroupName, window);
  const at = place === undefined ? (head ? 0 : end) : Number(place);
  const [from, to] = head ? [at, Math.min(end, at + limit)] : [Math.max(0, at - limit), at];
  return {
    events: logs.events(input.logGroupName, { ...window, offset: from, limit: to - from }).map(eventOf),
    nextForwardToken: `f/${to}`,
    nextBackwardToken: `b/${from}`,
  };
}

function eventOf(event: LogEvent): { timestamp: number; message: string; ingestionTime: number } {
  return { timestamp: event.atMs, message: event.message, ingestionTime: event.ingestedMs };
}
