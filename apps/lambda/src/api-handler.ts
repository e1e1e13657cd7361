import { createApp } from '@infrafabric/api';
import type { DeployedHost } from '@infrafabric/runtime/deployed/api';
import { getConnInfo, handle } from 'hono/aws-lambda';
import { z } from 'zod';
import { LambdaError, namingFailures } from './errors.ts';

/** A request by a function URL or an HTTP API (payload format 2.0); what else is in it is for hono. */
const HttpEvent = z.object({
  version: z.literal('2.0'),
  requestContext: z.object({ domainName: z.string().min(1), http: z.object({ method: z.string() }) }),
});

type Handle = ReturnType<typeof handle>;

/** A Lambda handler that answers HTTP requests. */
export type ApiHandler = (event: unknown) => ReturnType<Handle>;

/** The handler of the API. It goes by the name AWS routed the request by, which no caller chooses. */
export function apiHandler(open: () => Promise<DeployedHost>): ApiHandler {
  let host: Promise<DeployedHost> | undefined;
  let served: { readonly name: string; readonly answer: Handle } | undefined;
  return (event) =>
    namingFailures(async () => {
      const parsed = HttpEvent.safeParse(event);
      if (!parsed.success) throw notHttp(parsed.error.issues[0]?.path.join('.'));
      const { domainName: name } = parsed.data.requestContext;
      host ??= open();
      const opened = await host.catch((error: unknown) => {
        host = undefined;
        throw error;
      });
      if (served?.name !== name) served = { name, answer: handle(appOf(opened, name)) };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked as far as hono does not check it itself
      return served.answer(event as Parameters<Handle>[0]);
    });
}

function appOf(host: DeployedHost, name: string): ReturnType<typeof createApp> {
  return createApp(host, {
    names: [name, ...host.config.apiHosts],
    requestsPerMinute: host.config.apiRequestsPerMinute,
    addressOf: (context) => getConnInfo(context).remote.address ?? '',
  });
}

function notHttp(where: string | undefined): LambdaError {
  return new LambdaError('EVENT_INVALID', {
    message: 'expected an HTTP request of payload format 2.0, got something else',
    where,
    fix: 'let only a function URL or an HTTP API call this function',
  });
}
