import { pino } from 'pino';
import type { Observer, SessionEvent } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import { detailOf } from './event-detail.ts';

/** Where log lines go and which. */
export interface LogOptions {
  readonly write: (line: string, event: SessionEvent) => void;
  readonly least: Config['logLevel'];
  /** The id of a session's trace. */
  readonly traceIdOf: (session: SessionEvent['session_id']) => string;
}

/**
 * Events as JSON lines: timestamp, level, session, agent, event, status, numbers, trace. What a line may hold is listed in
 * `event-detail.ts`: no content of a message, a bill or an estate, and no secret, can be in one.
 */
export function sessionLog({ write, least, traceIdOf }: LogOptions): Observer {
  let current: SessionEvent | undefined;
  const log = pino(
    {
      level: least,
      base: null,
      timestamp: false,
      formatters: { level: (level) => ({ level }) },
    },
    {
      write: (line) => {
        if (current !== undefined) write(line.trimEnd(), current);
      },
    },
  );
  return {
    event(event) {
      const { level, ...detail } = detailOf(event);
      current = event;
      log[level]({
        timestamp: new Date(event.at_ms).toISOString(),
        session_id: event.session_id,
        ...(event.agent_id === undefined ? {} : { agent_id: event.agent_id }),
        event_type: event.type,
        ...detail,
        trace_id: traceIdOf(event.session_id),
      });
    },
  };
}
