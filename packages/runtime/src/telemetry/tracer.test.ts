import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, expect, test } from 'vitest';
import { RuntimeError } from '../errors.ts';
import { sessionTracer } from './tracer.ts';

const SESSION = 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f';
const TRACE = '0192f0c17d3a7c51b1ff5f1b2c3d4e5f';

afterEach(() => trace.disable());

function recorder(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  return exporter;
}

const start = (name: string, parent?: string) => ({ name, session: SESSION, parent });

test('without an SDK a session has the trace its id gives, and it passes through every span unchanged', async () => {
  const tracer = sessionTracer();
  const [root, child] = await tracer.span(start('session'), async (parent) => [
    parent,
    await tracer.span(start('task', parent), async (own) => own),
  ]);

  expect(root).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  expect(child).toBe(root);
  expect([tracer.traceIdOf(SESSION), sessionTracer().traceIdOf(SESSION)]).toStrictEqual([TRACE, TRACE]);
});

test('with an SDK a span continues the one that another process named, and its trace is known', async () => {
  const exporter = recorder();
  const tracer = sessionTracer();
  const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const own = await tracer.span(
    { ...start('task', parent), attributes: { 'infrafabric.attempt': 2 } },
    async (traceparent) => traceparent,
  );

  const [span] = exporter.getFinishedSpans();
  expect(own).toBe(`00-4bf92f3577b34da6a3ce929d0e0e4736-${span?.spanContext().spanId}-01`);
  expect(span?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
  expect(span?.attributes).toStrictEqual({ 'infrafabric.attempt': 2, 'infrafabric.session': SESSION });
  expect(tracer.traceIdOf(SESSION)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
});

test('what fails marks its span with its code and no message, and passes', async () => {
  const exporter = recorder();
  const failing = sessionTracer().span(start('task'), async () => {
    throw new RuntimeError('STATE_LOST', { message: 'names what it is about' });
  });

  await expect(failing).rejects.toMatchObject({ code: 'STATE_LOST' });
  expect(exporter.getFinishedSpans()[0]?.status).toStrictEqual({ code: 2, message: 'STATE_LOST' });
});
