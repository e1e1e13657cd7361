import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Heard, heardIn } from '../walk/heard.ts';
import type { Installation } from '../walk/installation.ts';

/** What a client has of its session so far; it survives the server. */
export interface Progress {
  readonly key: string;
  session?: string;
  /** The events of the last stream, and those it was told again after a server died. */
  heard: Heard[];
  report?: string;
}

/**
 * Goes on where the client stands: uploads the bill, starts the session by its key, follows it from the last event it heard, and
 * fetches the report. Throws when the server goes away in the middle; the next server is asked the same.
 */
export async function pursue(url: string, token: string, at: Installation, progress: Progress): Promise<void> {
  const ask: Ask = (path, { headers, ...init } = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...headers } });
  const bill = readFileSync(at.bill);
  const upload = createHash('sha256').update(bill).digest('hex');
  await good(await ask(`/v1/inputs/${upload}`, { method: 'PUT', body: bill }));
  const started = await ask('/v1/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': progress.key },
    body: JSON.stringify({ bills: [{ upload, name: 'bill.csv' }], as_of: at.asOf }),
  });
  const { session_id: session }: { session_id: string } = JSON.parse(await good(started));
  if (progress.session !== undefined && progress.session !== session) throw new Changed(progress.session, session);
  progress.session = session;
  while (progress.heard.at(-1)?.event !== 'session-ended') await follow(session, ask, progress);
  progress.report = await good(await ask(`/v1/sessions/${session}/report`));
}

/** The same key led to another session. */
export class Changed extends Error {
  constructor(first: string, second: string) {
    super(`one Idempotency-Key led to ${first} and to ${second}`);
  }
}

type Ask = (
  path: string,
  init?: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
) => Promise<Response>;

async function follow(session: string, ask: Ask, progress: Progress): Promise<void> {
  const last = progress.heard.at(-1)?.id;
  const before = progress.heard;
  const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last };
  const { body } = await ask(`/v1/sessions/${session}/events`, { headers });
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const heard = heardIn(text);
    // A log of another process starts over; then nothing heard before counts.
    progress.heard = heard[0]?.event === 'session-started' ? heard : [...before, ...heard];
  }
}

async function good(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`expected an answer, got ${response.status}: ${text.slice(0, 300)}`);
}
