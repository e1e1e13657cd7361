import { randomUUID } from 'node:crypto';
import type { AwsFault } from '../engine/fault.ts';
import { NO_BODY, type WireResponse } from './message.ts';
import { xmlElement } from './xml.ts';

/** A fault in the shape of S3; an answer to HEAD and a 304 have no body. */
export function restFault(method: string, fault: AwsFault): WireResponse {
  if (method === 'HEAD' || fault.status === 304) return restResponse(fault.status);
  const detail =
    xmlElement('Code', fault.code) + xmlElement('Message', fault.message) + xmlElement('RequestId', randomUUID());
  return restXml(`<Error>${detail}</Error>`, fault.status);
}

/** An XML document. */
export function restXml(xml: string, status = 200): WireResponse {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
  return restResponse(status, { 'content-type': 'application/xml' }, body);
}

/** An answer of S3, with its request id. */
export function restResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Buffer = NO_BODY,
): WireResponse {
  return { status, headers: { 'x-amz-request-id': randomUUID(), ...headers }, body };
}
