import type { MiddlewareHandler } from 'hono';
import { ApiError } from './errors.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses requests that a page of another site made: the Host must be a name of this server and the Origin, when there is one,
 * this server itself. A name that is rebound to loopback (DNS rebinding) brings its own Host.
 *
 * `names` are host names without port beside those of loopback.
 * @throws ApiError `ORIGIN_FORBIDDEN`.
 */
export function requireOwnOrigin(names: readonly string[]): MiddlewareHandler {
  const known = new Set([...LOOPBACK, ...names.map((name) => (name.includes(':') ? `[${name}]` : name).toLowerCase())]);
  return async (context, next) => {
    const host = context.req.header('host')?.toLowerCase() ?? '';
    const origin = context.req.header('origin')?.toLowerCase();
    if (!known.has(host.replace(/:[0-9]+$/, ''))) throw forbidden('Host', host);
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      throw forbidden('Origin', origin);
    }
    await next();
  };
}

function forbidden(where: string, got: string): ApiError {
  return new ApiError('ORIGIN_FORBIDDEN', {
    message: `expected this server, got ${JSON.stringify(got.slice(0, 100))}`,
    where,
    fix: 'ask this server by the address it printed; behind a proxy, let the proxy send that as Host',
  });
}
