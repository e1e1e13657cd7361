import { Decimal, type ExchangeRates, type InputFile, RECONCILIATION_TOPIC } from '@infrafabric/finops';
import type { EvidenceStore } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';

/** What of a report says what its bill comes to. */
interface BilledReport {
  readonly claims: readonly {
    readonly topic: string;
    readonly figures: readonly { readonly name: string; readonly value: string }[];
  }[];
}

/** Within a cent, in the currency of the report, two totals are the same. */
const TOLERANCE = '0.01';

/**
 * Compares what the report says the bill comes to, and what it left out, with what its files came to when they were read.
 *
 * A report without a bill, or whose bill was not read, has nothing to compare: the latter is a gap of its own.
 * @throws RuntimeError `RECONCILIATION_FAILED` when they are a cent apart or more.
 */
export async function reconcileReport(
  report: BilledReport,
  files: readonly InputFile[],
  evidence: Pick<EvidenceStore, 'get'>,
): Promise<void> {
  const claim = report.claims.find(({ topic }) => topic === RECONCILIATION_TOPIC);
  if (claim === undefined) return;
  const figure = (name: string): string => claim.figures.find((one) => one.name === name)?.value ?? '0';
  const rates = await ratesOf(files, evidence);
  const said = new Decimal(figure('billed_cost')).plus(new Decimal(figure('left_out')));
  const billed = distinct(files).flatMap((file) => Object.entries(file.billed ?? {}));
  const whole = billed.reduce(
    (sum, [currency, total]) => sum.plus(new Decimal(total).times(rates.get(currency) ?? 1)),
    new Decimal(0),
  );
  if (said.minus(whole).abs().lessThan(TOLERANCE)) return;
  throw new RuntimeError('RECONCILIATION_FAILED', {
    message: `expected the report to come to the ${whole.toFixed(2)} of its bill, got ${said.toFixed(2)}`,
    fix: 'nothing was written; this is a defect of InfraFabric, report it with the format of the bill',
  });
}

/** Each file once, however often it was given. */
const distinct = (files: readonly InputFile[]): InputFile[] => [
  ...new Map(files.map((file) => [file.evidence, file])).values(),
];

async function ratesOf(
  files: readonly InputFile[],
  evidence: Pick<EvidenceStore, 'get'>,
): Promise<ReadonlyMap<string, string>> {
  const file = files.find(({ kind }) => kind === 'rates');
  if (file === undefined) return new Map();
  const document: ExchangeRates = JSON.parse(new TextDecoder().decode(await evidence.get(file.evidence)));
  const { rates } = document;
  return new Map(Object.entries(rates).map(([currency, { usd }]) => [currency, usd]));
}
