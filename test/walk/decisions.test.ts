import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide, listDecisions, verifyReport } from '@infrafabric/runtime';
import { afterAll, expect, test } from 'vitest';
import { installation, report } from './installation.ts';

const at = installation();
afterAll(at.remove);

interface Shown {
  readonly totals: { readonly net_effective: string };
  readonly findings: readonly { readonly id?: string; readonly net?: { readonly effective: string } }[];
  readonly suppressed: readonly { readonly id: string }[];
}

test('a rejected finding leaves the totals of the next report, which verifies, and comes back when withdrawn', async () => {
  const first = await report(at, 'first');
  const before: Shown = JSON.parse(first);
  const id = before.findings.find(({ net }) => net !== undefined)?.id ?? '';
  await decide(at.config, { decision: 'reject', findings: [id], reason: 'kept for the audit', by: 'Ann' });

  const after: Shown = JSON.parse(await report(at, 'second'));
  expect(after.suppressed.map((one) => one.id)).toStrictEqual([id]);
  expect(Number(after.totals.net_effective)).toBeLessThan(Number(before.totals.net_effective));
  expect(readFileSync(join(at.out('second'), 'report.json'), 'utf8')).toContain('kept for the audit');
  expect(await verifyReport(at.out('second'), {})).toMatchObject({ verdict: 'CONSISTENT', problems: [] });

  await decide(at.config, { decision: 'withdraw', findings: [id] });
  const again: Shown = JSON.parse(await report(at, 'third'));
  expect([again.totals, again.suppressed]).toStrictEqual([before.totals, []]);
  expect(listDecisions(at.config).document.decisions.map((one) => one.decision)).toStrictEqual(['reject', 'withdraw']);
});
