import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionEvent } from '@infrafabric/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeptEvents } from './kept-events.ts';

const ID = 's-01936f2a-7c00-7000-8000-000000000001';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'infrafabric-events-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const event = (at_ms: number): SessionEvent => ({ type: 'session-started', session_id: ID, at_ms });
const file = (): string => join(path, 'events', `${ID}.ndjson`);

test('what was told is there in its order under the same name when it is opened again, but for a torn line', () => {
  const first = openKeptEvents({ path }, ID);
  for (const at_ms of [3, 1, 2]) first.keep(event(at_ms));
  appendFileSync(file(), '{"type":"session-');
  const again = openKeptEvents({ path }, ID);
  again.keep(event(4));
  const last = openKeptEvents({ path }, ID);

  expect(first.name).toMatch(/^[0-9a-f]{12}$/);
  expect([last.name, last.events]).toStrictEqual([first.name, [3, 1, 2, 4].map(event)]);
});

test.each([['not JSON\n'], ['7\n'], [''], ['"0123456789ab"\n{"type"\n']])(
  'a file that is no log, %j, is begun again under another name',
  (text) => {
    openKeptEvents({ path }, ID).keep(event(1));
    writeFileSync(file(), text);

    const { name, events } = openKeptEvents({ path }, ID);
    expect([name === '0123456789ab', events]).toStrictEqual([false, []]);
  },
);

test('the oldest logs go when there are more than a thousand', () => {
  const { keep } = openKeptEvents({ path }, 's-00000000-0000-7000-8000-000000000000');
  keep(event(1));
  for (let n = 0; n < 1_000; n += 1) writeFileSync(join(path, 'events', `s-01${n}`), '');
  openKeptEvents({ path }, ID);

  expect(readdirSync(join(path, 'events'))).toHaveLength(1_000);
  expect(readdirSync(join(path, 'events'))).not.toContain('s-00000000-0000-7000-8000-000000000000.ndjson');
});
