import { STATUS_CODES } from 'node:http';
import { Problem } from './problem.ts';

/** How a failure of any status is described in the OpenAPI document. */
interface Failure {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof Problem } };
}

/** The failures a route may answer, and those every route may: without a token, from elsewhere, too often. */
export function failures(...statuses: readonly number[]): Record<number, Failure> {
  return Object.fromEntries(
    [401, 403, 429, ...statuses].map((status) => [
      status,
      { description: STATUS_CODES[status] ?? 'Error', content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}
