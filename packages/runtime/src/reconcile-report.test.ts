import type { InputFile } from '@infrafabric/finops';
import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { reconcileReport } from './reconcile-report.ts';

const id = (text: string): EvidenceId => evidenceId(sha256Hex(text));
const bill = (name: string, billed: Record<string, string>): InputFile => ({
  kind: 'bill',
  name,
  sha256: sha256Hex(name),
  bytes: 1,
  evidence: id(name),
  redactions: 0,
  billed,
});
const rates: InputFile = { ...bill('rates.json', {}), kind: 'rates' };
const store = {
  get: () => Promise.resolve(new TextEncoder().encode('{"rates":{"EUR":{"usd":"1.1","as_of":"2026-10-31"}}}')),
};

/** A report that says this of its bill. */
function reportOf(figures: Record<string, string>): Parameters<typeof reconcileReport>[0] {
  const claims = [{ topic: 'bill/totals', figures: Object.entries(figures).map(([name, value]) => ({ name, value })) }];
  return { claims };
}

test.each<[string, Record<string, string>, InputFile[]]>([
  ['the total of one file', { billed_cost: '10.00' }, [bill('a', { USD: '10.004' })]],
  [
    'several files, one of them given twice',
    { billed_cost: '12.5' },
    [bill('a', { USD: '10' }), bill('a', { USD: '10' }), bill('b', { USD: '2.5' })],
  ],
  ['what was left out with what was not', { billed_cost: '9', left_out: '1' }, [bill('a', { USD: '10' })]],
  ['other currencies at their rate', { billed_cost: '12.1' }, [bill('a', { USD: '1.1', EUR: '10' }), rates]],
])('a report reconciles by %s', async (_, figures, files) => {
  await expect(reconcileReport(reportOf(figures), files, store)).resolves.toBe(undefined);
});

test('a report that is a cent off is refused as bad input, which is exit 3', async () => {
  const answer = reconcileReport(reportOf({ billed_cost: '10.01' }), [bill('a', { USD: '10' })], store);
  await expect(answer).rejects.toMatchObject({ code: 'RECONCILIATION_FAILED', kind: 'input' });
});
