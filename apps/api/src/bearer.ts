import type { SessionHost } from '@infrafabric/runtime';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from './errors.ts';

/**
 * Admits who shows a token (RFC 6750 section 2.1) whose scopes cover the method: `read` to ask, `write` to change something.
 *
 * @throws ApiError `AUTH_REQUIRED`, `AUTH_INVALID`, `AUTH_SCOPE`.
 */
export function requireBearer(admit: SessionHost['admit']): MiddlewareHandler {
  return async ({ req }, next) => {
    const header = req.header('authorization');
    if (header === undefined) {
      throw new ApiError('AUTH_REQUIRED', { message: 'expected a bearer token', where: 'Authorization', fix: FIX });
    }
    const caller = admit(/^bearer +([^ ]+)$/i.exec(header)?.[1] ?? '');
    if (caller === undefined) {
      throw new ApiError('AUTH_INVALID', {
        message: 'this bearer token is not known, was revoked or is over',
        where: 'Authorization',
        fix: FIX,
      });
    }
    const scope = req.method === 'GET' || req.method === 'HEAD' ? 'read' : 'write';
    if (!caller.scopes.includes(scope)) {
      throw new ApiError('AUTH_SCOPE', {
        message: `the key "${caller.name}" has no scope "${scope}"`,
        where: 'Authorization',
        fix: `infrafabric api-keys create NAME --scopes ${scope}`,
      });
    }
    await next();
  };
}

const FIX =
  'send the token that infrafabric serve keeps in keys/api.token of its data folder, or a key of infrafabric api-keys';
