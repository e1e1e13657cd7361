import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import { failures } from './failures.ts';

/** Takes files that sessions name by their hash; the body is written as it comes and never held whole. */
export function addInputs(app: OpenAPIHono, host: SessionHost): void {
  app.openapi(PUT, async (context) => {
    const { sha256 } = context.req.valid('param');
    const { fresh } = await host.keepUpload(sha256, context.req.raw.body ?? new Blob([]).stream());
    return context.json({ sha256 }, fresh ? 201 : 200);
  });
}

const Upload = z.strictObject({ sha256: z.string() }).openapi('Upload');

const PUT = createRoute({
  method: 'put',
  path: '/v1/inputs/{sha256}',
  summary: 'Upload a bill under its sha256; at most 1 GiB',
  request: {
    params: z.object({
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .openapi({ param: { name: 'sha256', in: 'path' } }),
    }),
    body: {
      content: { 'application/octet-stream': { schema: z.unknown().openapi({ type: 'string', format: 'binary' }) } },
    },
  },
  responses: {
    200: { description: 'It was there', content: { 'application/json': { schema: Upload } } },
    201: { description: 'It is kept', content: { 'application/json': { schema: Upload } } },
    ...failures(413, 422, 503),
  },
});
