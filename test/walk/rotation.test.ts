import { join } from 'node:path';
import type { SessionEvent } from '@infrafabric/protocol';
import { analyze, listKeys, revokeKey, rotateKeys, verifyReport } from '@infrafabric/runtime';
import { afterAll, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { installation, undisturbedReport } from './installation.ts';

const at = installation();
afterAll(() => at.remove());

test('keys that are rotated again and again in the middle of a session lose nothing', async () => {
  const out = at.out('rotated');
  const expected = await undisturbedReport();
  const leased: SessionEvent[] = [];
  const observer = {
    event: (event: SessionEvent): void => {
      if (event.type !== 'task-leased') return;
      leased.push(event);
      if (leased.length % 5 === 1) rotateKeys(at.config, []);
    },
  };
  await analyze(at.config, {
    estate: at.estate,
    bills: [at.bill],
    asOf: at.asOf,
    out,
    formats: [],
    external: false,
    observer,
    signal: new AbortController().signal,
  });
  const keys = listKeys(at.config);
  const messages = readFileSync(join(out, 'proof/log.ndjson'), 'utf8').trimEnd().split('\n');

  expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(expected);
  expect(keys.version).toBeGreaterThan(2);
  expect(await verifyReport(out, { root: keys.root })).toMatchObject({ verdict: 'AUTHENTIC', problems: [] });
  expect(new Set(messages.map((line) => signerOf(out, line))).size).toBeGreaterThan(6);
});

test('a worker key that is revoked in the middle is refused at once, and the report names no result it signed', async () => {
  const out = at.out('revoked');
  const refused: string[] = [];
  let revoked = '';
  const observer = {
    event: (event: SessionEvent): void => {
      if (event.type === 'message-refused') refused.push(event.code);
      if (event.type !== 'task-leased' || event.role !== 'pricing' || revoked !== '') return;
      const { keys } = listKeys(at.config);
      revoked = keys.find((key) => key.roles[0] === 'pricing' && key.status === 'active')?.key_id ?? '';
      revokeKey(at.config, revoked, 'a test');
    },
  };
  await analyze(at.config, {
    estate: at.estate,
    bills: [at.bill],
    asOf: at.asOf,
    out,
    formats: [],
    external: false,
    observer,
    signal: new AbortController().signal,
  });
  const messages = readFileSync(join(out, 'proof/log.ndjson'), 'utf8').trimEnd().split('\n');

  expect(revoked).not.toBe('');
  expect(messages.map((line) => signerOf(out, line))).not.toContain(revoked);
  expect(await verifyReport(out, { root: listKeys(at.config).root })).toMatchObject({ verdict: 'AUTHENTIC' });
});

function signerOf(out: string, line: string): string {
  const hex = JSON.parse(line).wire_sha256.slice('sha256:'.length);
  return JSON.parse(readFileSync(join(out, `proof/messages/${hex}.json`), 'utf8')).signature.key_id;
}
