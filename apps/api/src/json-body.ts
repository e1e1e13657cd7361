import { scanLimits } from '@infrafabric/protocol';
import type { Hook, z } from '@hono/zod-openapi';
import type { Env, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ApiError } from './errors.ts';

/** Bytes of a JSON body. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Containers inside each other, and members in all. */
const LIMITS = { depth: 16, members: 10_000 };

/** Cuts a body off where it is too large, whatever its Content-Length says. @throws ApiError `BODY_TOO_LARGE`. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new ApiError('BODY_TOO_LARGE', { message: `expected at most ${MAX_BODY_BYTES} bytes`, where: 'body' });
  },
});

/** Judges the JSON body of a POST or PUT before it is parsed; none at all is left to its route. @throws ApiError `MEDIA_TYPE`, `JSON_TOO_DEEP`. */
export const checkJson: MiddlewareHandler = async (context, next) => {
  if (context.req.method !== 'POST' && context.req.method !== 'PUT') return next();
  const type = context.req.header('content-type') ?? '';
  if (type === '' && (await context.req.text()) === '') return next();
  if (!/^application\/json *(;|$)/i.test(type)) {
    throw new ApiError('MEDIA_TYPE', {
      message: `expected application/json, got ${JSON.stringify(type.slice(0, 80))}`,
      where: 'Content-Type',
      fix: 'send a JSON document with Content-Type: application/json',
    });
  }
  const passed = scanLimits(await context.req.text(), LIMITS);
  if (passed !== undefined) {
    throw new ApiError('JSON_TOO_DEEP', {
      message: `expected at most ${LIMITS.depth} levels and ${LIMITS.members} members, got more ${passed}`,
      where: 'body',
    });
  }
  return next();
};

/** What a request has wrong by its schema, the first of it. @throws ApiError `FIELD_UNKNOWN`, `INPUT_PATH_FORBIDDEN`, `FIELD_INVALID`. */
export const refuseInvalid: Hook<unknown, Env, string, unknown> = (result) => {
  if (result.success) return;
  const [issue] = result.error.issues;
  if (issue === undefined) return;
  const where = `/${issue.path.map(String).join('/')}`;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    throw new ApiError('FIELD_UNKNOWN', {
      message: `no field is called ${JSON.stringify(key.slice(0, 80))}`,
      where,
      fix: 'the fields are in /openapi.json',
    });
  }
  const code = isServerPath(issue) ? 'INPUT_PATH_FORBIDDEN' : 'FIELD_INVALID';
  throw new ApiError(code, { message: messageOf(issue), where });
};

type Issue = z.core.$ZodIssue;

/** Whether something stands where an input is expected and is none of the objects that name one. */
function isServerPath(issue: Issue): boolean {
  const isInput = /^(analysis\/)?(estate|bills\/[0-9]+)$/.test(issue.path.map(String).join('/'));
  if (!isInput || issue.code !== 'invalid_union') return false;
  return issue.errors.every(([first]) => first?.code === 'invalid_type' && first.path.length === 0);
}

function messageOf(issue: Issue): string {
  if (isServerPath(issue)) return 'a path of the server is no input; upload the file';
  return issue.code === 'invalid_union' ? 'expected one of the forms that /openapi.json has for it' : issue.message;
}
