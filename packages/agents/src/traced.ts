import type { SpanStart, Tracer } from '@infrafabric/protocol';

/** Does work inside a span; without a tracer, as a part of the span that asked for it. */
export async function traced<T>(
  { tracer }: { readonly tracer?: Tracer },
  start: SpanStart,
  work: (traceparent: string | undefined) => Promise<T>,
): Promise<T> {
  return tracer === undefined ? work(start.parent) : tracer.span(start, work);
}
