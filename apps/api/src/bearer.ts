import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from './errors.ts';

/** Admits who shows the token (RFC 6750 section 2.1); hashes are compared, in constant time. @throws ApiError `AUTH_REQUIRED`, `AUTH_INVALID`. */
export function requireBearer(token: string): MiddlewareHandler {
  const expected = sha256(token);
  return async (context, next) => {
    const header = context.req.header('authorization');
    if (header === undefined) {
      throw new ApiError('AUTH_REQUIRED', { message: 'expected a bearer token', where: 'Authorization', fix: FIX });
    }
    const shown = /^bearer +([^ ]+)$/i.exec(header)?.[1] ?? '';
    if (!timingSafeEqual(sha256(shown), expected)) {
      throw new ApiError('AUTH_INVALID', {
        message: 'this bearer token is not known',
        where: 'Authorization',
        fix: FIX,
      });
    }
    await next();
  };
}

const FIX = 'send the token that infrafabric serve keeps in keys/api.token of its data folder';

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
