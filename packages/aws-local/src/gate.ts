import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault } from './engine/fault.ts';

/** The names a client on this machine may call us by; anything else is another site's name bound to our address. */
const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a request may not pass, if it may not: a Host that is not ours (DNS rebinding), an Origin (a web page),
 * or another access key id than the one of this installation.
 */
export function refusal(headers: IncomingHttpHeaders, accessKeyId: string): AwsFault | undefined {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  if (!OWN_HOSTS.has(host)) return denied(`expected a Host of this machine, got ${host}`);
  if (headers.origin !== undefined) return denied('requests with an Origin header come from web pages and are refused');
  const credential = /\bCredential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  if (!sameText(credential, accessKeyId)) {
    return new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
  }
  return undefined;
}

function denied(reason: string): AwsFault {
  return new AwsFault('AccessDenied', reason, 403);
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
