import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import { ApiError } from './errors.ts';

/** The report of a session: report.json, and every other file by its path in the report directory. */
export function addReports(app: OpenAPIHono, host: SessionHost): void {
  app.get('/v1/sessions/:id/report', (context) => send(host, context.req.param('id'), 'report.json'));
  app.get('/v1/sessions/:id/report/:path{.+}', (context) =>
    send(host, context.req.param('id'), context.req.param('path')),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  txt: 'text/plain; charset=utf-8',
};

const OTHER = 'application/octet-stream';

/** Every media type a file of a report is sent as, without parameters. */
export const FILE_TYPES: readonly string[] = [...Object.values(TYPES).map((type) => type.replace(/;.*/, '')), OTHER];

async function send(host: SessionHost, id: string, path: string): Promise<Response> {
  const file = await host.reports.file(id, path);
  if (file === undefined) {
    throw new ApiError('FILE_NOT_FOUND', {
      message: 'the report has no file of this path',
      where: JSON.stringify(path.slice(0, 200)),
      fix: 'proof/manifest.json of the report lists every file',
    });
  }
  return new Response(file.stream(), {
    headers: {
      'content-type': TYPES[/\.([a-z]+)$/.exec(path)?.[1] ?? ''] ?? OTHER,
      'content-length': String(file.bytes),
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      // A report is shown without the rights of this server's origin.
      'content-security-policy': "sandbox allow-scripts allow-popups; frame-ancestors 'none'",
    },
  });
}
