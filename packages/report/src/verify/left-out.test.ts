import { expect, test } from 'vitest';
import { PATHS } from '../folder.ts';
import { aReportFolder, aSmallSession, payloadOf, verified } from '../testing/index.ts';

const session = aSmallSession();
const bill = session.manifest.files[1]!;
const bytes = session.evidence.get(bill.evidence)!;
const folder = aReportFolder(session, { maxEvidenceBytes: bytes.length - 1 });

/** Figures of the bill itself: 4 totals (of the collector and of the budget agent), 19 days, groups of provider, service, account and region with their largest shares, month, the next 30 days. */
const OF_THE_BILL = 4 + 4 + 19 + 2 + 3 + 2 + 2 + 5 + 4 + 33;

test('evidence too large to travel is named in the signed session and stays away', () => {
  expect(payloadOf(folder, PATHS.session)['left_out']).toStrictEqual([bill.evidence]);
  expect(folder.has(`${PATHS.evidence}${bill.evidence.slice(-64)}`)).toBe(false);
});

test('without the bill its figures are not recomputable here, which is not wrong', async () => {
  const outcome = await verified(folder, session);
  const { recomputed, not_recomputable } = outcome.coverage;

  expect(outcome.verdict).toBe('AUTHENTIC');
  expect(recomputed + not_recomputable).toBe(137);
  expect(not_recomputable).toBeGreaterThanOrEqual(OF_THE_BILL);
});

test('the own copy of a reader is found by its hash, and everything is recomputed', async () => {
  const outcome = await verified(folder, session, { findInput: ownCopy });

  expect([outcome.verdict, outcome.coverage]).toStrictEqual([
    'AUTHENTIC',
    { recomputed: 137, extract: 0, not_recomputable: 0 },
  ]);
});

test('a copy with other bytes is not believed', async () => {
  const [with_, without] = await Promise.all([
    verified(folder, session, { findInput: otherCopy }),
    verified(folder, session),
  ]);

  expect(with_).toStrictEqual(without);
});

const ownCopy = (hex: string): Promise<Uint8Array | undefined> =>
  Promise.resolve(hex === bill.sha256 ? bytes : undefined);

const otherCopy = (): Promise<Uint8Array> => Promise.resolve(bytes.slice(1));
