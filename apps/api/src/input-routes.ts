import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import { Sha256 } from './api-schemas.ts';
import { ApiError } from './errors.ts';
import { failures } from './failures.ts';

/** Files that sessions name by their hash: kept as they come and never held whole, listed, removed. */
export function addInputs(app: OpenAPIHono, { uploads }: SessionHost): void {
  app.openapi(PUT, async (context) => {
    const { sha256 } = context.req.valid('param');
    const { fresh } = await uploads.keep(sha256, context.req.raw.body ?? new Blob([]).stream());
    return context.json({ sha256 }, fresh ? 201 : 200);
  });
  app.openapi(LIST, (context) => context.json({ inputs: uploads.list() }, 200));
  app.openapi(DELETE, (context) => {
    const { sha256 } = context.req.valid('param');
    if (uploads.remove(sha256)) return context.body(null, 204);
    throw new ApiError('INPUT_NOT_FOUND', { message: 'nothing was uploaded under this hash', where: sha256 });
  });
}

const Upload = z.strictObject({ sha256: z.string() }).openapi('Upload');

const UploadList = z
  .strictObject({
    inputs: z.array(z.strictObject({ sha256: z.string(), bytes: z.int().nonnegative(), kept_at: z.iso.datetime() })),
  })
  .openapi('UploadList');

const params = z.object({ sha256: Sha256.openapi({ param: { name: 'sha256', in: 'path' } }) });

const PUT = createRoute({
  method: 'put',
  path: '/v1/inputs/{sha256}',
  summary: 'Upload a bill or a zip of an estate directory under its sha256; at most 1 GiB',
  request: {
    params,
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

const LIST = createRoute({
  method: 'get',
  path: '/v1/inputs',
  summary: 'Every upload that is kept',
  responses: {
    200: { description: 'The uploads, by hash', content: { 'application/json': { schema: UploadList } } },
    ...failures(503),
  },
});

const DELETE = createRoute({
  method: 'delete',
  path: '/v1/inputs/{sha256}',
  summary: 'Remove an upload; sessions that were started keep what they read of it',
  request: { params },
  responses: { 204: { description: 'It is removed' }, ...failures(404, 422, 503) },
});
