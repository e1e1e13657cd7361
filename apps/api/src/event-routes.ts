import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import { streamSSE } from 'hono/streaming';

/** The events of a session as a stream (HTML standard, server-sent events): all so far, then as they come, until it is over. */
export function addEvents(app: OpenAPIHono, host: SessionHost): void {
  app.get('/v1/sessions/:id/events', async (context) => {
    const reader = new AbortController();
    const after = context.req.header('last-event-id');
    const events = await host.follow(context.req.param('id'), { after, signal: reader.signal });
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      stream.onAbort(() => reader.abort());
      for await (const logged of events) {
        if (reader.signal.aborted) return;
        if (logged === undefined) await stream.write(': quiet\n\n');
        else await stream.writeSSE({ id: logged.id, event: logged.event.type, data: JSON.stringify(logged.event) });
      }
    });
  });
}
