import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { SessionEvent } from '@infrafabric/protocol';
import { openPushBuffer, type PushBuffer, type PushOptions } from './push-buffer.ts';

/** A log line on its way to CloudWatch Logs. */
export interface PushedLine {
  readonly stream: string;
  readonly at_ms: number;
  readonly line: string;
}

/** Events of one PutLogEvents call; 10,000 are allowed, and 1,048,576 bytes (CloudWatch Logs API Reference, 2026-11). */
const MAX_EVENTS = 500;

/** Streams known to be there: making one again does no harm. */
const MAX_KNOWN = 1_000;

/** Sends log lines with PutLogEvents to the streams of one group; both are made when they are missing. */
export function pushLogs(
  config: CloudWatchLogsClientConfig,
  logGroupName: string,
  options: Pick<PushOptions<PushedLine>, 'clock' | 'onLost'>,
): PushBuffer<PushedLine> {
  const client = new CloudWatchLogsClient(config);
  const known = new Set<string>();
  const open = async (logStreamName: string): Promise<void> => {
    if (known.size === 0) await client.send(new CreateLogGroupCommand({ logGroupName })).catch(unlessThere);
    if (!known.has(logStreamName)) {
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch(unlessThere);
    }
    known.delete(logStreamName);
    known.add(logStreamName);
    const [oldest] = known;
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  };
  const buffer = openPushBuffer<PushedLine>({
    ...options,
    batch: MAX_EVENTS,
    send: async (lines) => {
      for (const [logStreamName, group] of Map.groupBy(lines, ({ stream }) => stream)) {
        await open(logStreamName);
        const logEvents = group
          .map(({ at_ms, line }) => ({ timestamp: at_ms, message: line }))
          .sort((a, b) => a.timestamp - b.timestamp);
        await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      }
    },
  });
  return { ...buffer, close: () => buffer.close().finally(() => client.destroy()) };
}

/**
 * The stream of an event: `sessions/<session>/agents/<agent>` for what a worker says, `sessions/<session>/coordinator` else.
 * An agent is its role and its instance; a name of a stream has no colon and no asterisk.
 */
export function streamOf({ session_id, agent_id }: Pick<SessionEvent, 'session_id' | 'agent_id'>): string {
  const [role = '', instance = ''] = agent_id?.split('/').slice(-2) ?? [];
  const isWorker = role !== '' && role !== 'coordinator';
  return `sessions/${session_id}/${isWorker ? `agents/${role}-${instance}` : 'coordinator'}`;
}

function unlessThere(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ResourceAlreadyExistsException') return undefined;
  throw error;
}
