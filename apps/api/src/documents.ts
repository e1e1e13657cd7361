import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import { SessionPath } from './api-schemas.ts';
import { docsPage } from './docs-page.ts';
import { failures } from './failures.ts';
import { FILE_TYPES } from './report-routes.ts';

/** `/openapi.json` and a page of it for people, to which `/` leads; both say nothing about this installation. */
export function addDocuments(app: OpenAPIHono): void {
  describeStreams(app);
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', DOCUMENT);
  app.get('/', (context) => context.redirect('/docs'));
  app.get('/docs', (context) => {
    const { paths = {} } = openApiOf(app);
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method,
        path,
        summary: String(Reflect.get(Object(operation), 'summary')),
      })),
    );
    return context.html(docsPage(operations), 200, {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    });
  });
}

/** The OpenAPI document of an app. */
export const openApiOf = (app: OpenAPIHono): ReturnType<OpenAPIHono['getOpenAPI31Document']> =>
  app.getOpenAPI31Document(DOCUMENT);

/** The methods that are documented for a path, upper case. */
export function methodsAt(app: OpenAPIHono, path: string): string[] {
  const { paths = {} } = openApiOf(app);
  const found = Object.entries(paths).filter(([template]) => patternOf(template).test(path));
  return found.flatMap(([, item]) => Object.keys(item)).map((method) => method.toUpperCase());
}

/** A template of OpenAPI as a pattern; `{path}` is the one parameter with slashes. */
function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('{path}', '.+').replaceAll(/\{[a-z0-9]+\}/g, '[^/]+')}$`);
}

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'InfraFabric',
    version: '1',
    description:
      'Audits an AWS bill and estate and proves what it says. Failures are problem documents (RFC 9457) with a code.',
  },
  security: [{ bearer: [] }],
};

/** What is answered as a stream or a file has no schema of ours, so it is described here. */
function describeStreams({ openAPIRegistry: paths }: OpenAPIHono): void {
  paths.registerPath({
    method: 'get',
    path: '/healthz',
    summary: 'Whether the server answers',
    security: [],
    responses: {
      200: {
        description: 'It does',
        content: { 'application/json': { schema: z.strictObject({ status: z.literal('ok') }) } },
      },
    },
  });
  paths.registerPath({
    method: 'get',
    path: '/metrics',
    summary: 'Numbers of this server in the text format of Prometheus',
    responses: { 200: file('The numbers', 'text/plain'), ...failures(503) },
  });
  paths.registerPath({
    method: 'get',
    path: '/v1/sessions/{id}/events',
    summary:
      'The events of a session as a stream, until it is over; Last-Event-ID resumes, after a restart of the server from the first event',
    request: { params: SessionPath, headers: z.object({ 'last-event-id': z.string().optional() }) },
    responses: { 200: file('Events: id, event, data', 'text/event-stream'), ...failures(400, 404, 503) },
  });
  paths.registerPath({
    method: 'get',
    path: '/v1/sessions/{id}/report',
    summary: 'report.json of a session that is over',
    request: { params: SessionPath },
    responses: { 200: file('report.json', 'application/json'), ...failures(400, 404, 409, 503) },
  });
  paths.registerPath({
    method: 'get',
    path: '/v1/sessions/{id}/report/{path}',
    summary: 'A file of the report directory; proof/manifest.json lists them all',
    request: { params: SessionPath.extend({ path: z.string().openapi({ example: 'proof/manifest.json' }) }) },
    responses: { 200: file('The file', ...FILE_TYPES), ...failures(400, 404, 409, 503) },
  });
}

function file(
  description: string,
  ...types: readonly string[]
): { description: string; content: Record<string, { schema: z.ZodType }> } {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: z.unknown() }])) };
}
