import { context, ROOT_CONTEXT, type Span, type SpanContext, SpanStatusCode, trace } from '@opentelemetry/api';
import { isInfraFabricError, type SessionId, sha256Hex, type Tracer, Traceparent } from '@infrafabric/protocol';

/** Spans of the sessions of this process; which trace they are of is kept for the log lines. */
export interface SessionTracer extends Tracer {
  /** The id of a session's trace: 32 hex digits. */
  readonly traceIdOf: (session: SessionId) => string;
}

/** Sessions whose trace is remembered; the trace of another is the one its id gives. */
const REMEMBERED = 1_000;

/**
 * Makes spans with whatever OpenTelemetry SDK the process has registered (`node --import`); without one nothing is recorded
 * and the trace passes through, so that it is whole wherever somebody does record it.
 *
 * Without an SDK where a session starts, its trace has the digits of the session's UUID: everybody can name it.
 */
export function sessionTracer(): SessionTracer {
  const traces = new Map<SessionId, string>();
  return {
    async span({ name, session, parent, attributes = {} }, work) {
      const before = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(parent));
      const options = { attributes: { ...attributes, 'infrafabric.session': session } };
      const span = trace.getTracer('infrafabric').startSpan(name, options, before);
      const traceparent = traceparentOf(span) ?? parent ?? ownTraceparent(session);
      remember(traces, session, contextOf(traceparent).traceId);
      return ended(span, () => context.with(trace.setSpan(before, span), () => work(traceparent)));
    },
    traceIdOf: (session) => traces.get(session) ?? contextOf(ownTraceparent(session)).traceId,
  };
}

async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // A code of ours and no message: messages may name what they are about.
    span.setStatus({ code: SpanStatusCode.ERROR, message: isInfraFabricError(error) ? error.code : 'UNEXPECTED' });
    throw error;
  } finally {
    span.end();
  }
}

/** `undefined` without an SDK: then the span has no ids of its own. */
function traceparentOf(span: Span): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const text = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  return Traceparent.safeParse(text).success ? text : undefined;
}

function contextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

/** A version 7 UUID has 62 random bits in its last 8 bytes, which is what W3C Trace Context level 2 asks of an id's last 7. */
function ownTraceparent(session: SessionId): string {
  const uuid = session.slice('s-'.length).replaceAll('-', '');
  return `00-${uuid}-${sha256Hex(session).slice(0, 16)}-01`;
}

function remember(traces: Map<SessionId, string>, session: SessionId, traceId: string): void {
  traces.delete(session);
  traces.set(session, traceId);
  const oldest = traces.keys().next();
  if (traces.size > REMEMBERED && oldest.done !== true) traces.delete(oldest.value);
}
