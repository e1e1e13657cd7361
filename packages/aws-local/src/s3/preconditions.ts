import { AwsFault, notImplemented } from '../engine/fault.ts';
import { noSuchKey, preconditionFailed } from './faults.ts';
import type { StoredObject } from './object-table.ts';

type Headers = Readonly<Record<string, string>>;

/** Conditions on dates, which nothing here sends. */
const DATE_CONDITIONS: readonly string[] = ['if-modified-since', 'if-unmodified-since'];

/**
 * Checks the conditions of a write: `If-None-Match: *` (there is no such object) and `If-Match` (it is still this one).
 *
 * @throws AwsFault `PreconditionFailed` 412, `NoSuchKey` 404 for `If-Match` without an object.
 */
export function checkWrite(headers: Headers, present: StoredObject | undefined): void {
  refuseDates(headers);
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined) {
    if (noneMatch !== '*') throw notImplemented(`If-None-Match: ${noneMatch} on a write`);
    if (present !== undefined) throw preconditionFailed();
  }
  if (match === undefined) return;
  if (present === undefined) throw noSuchKey();
  if (!matches(match, present)) throw preconditionFailed();
}

/** @throws AwsFault `PreconditionFailed` 412, `NotModified` 304. */
export function checkRead(headers: Headers, present: StoredObject): void {
  refuseDates(headers);
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined && !matches(match, present)) throw preconditionFailed();
  if (noneMatch !== undefined && matches(noneMatch, present)) throw new AwsFault('NotModified', 'Not Modified', 304);
}

function matches(condition: string, present: StoredObject): boolean {
  return condition
    .split(',')
    .map((tag) => tag.trim().replaceAll('"', ''))
    .some((tag) => tag === '*' || tag === present.etag);
}

function refuseDates(headers: Headers): void {
  const date = DATE_CONDITIONS.find((name) => headers[name] !== undefined);
  if (date !== undefined) throw notImplemented(`the header ${date}`);
}
