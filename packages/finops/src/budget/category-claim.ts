import { type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { type LineSets, linesIn } from '../bill/bill-sums.ts';
import { type BillTable, billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { billCurrency } from '../bill/currency.ts';
import { billSumIn } from '../bill/derivations.ts';
import { shownLabel } from '../bill/label.ts';
import { displayFigure } from '../figures.ts';
import { Decimal } from '../money.ts';
import { findService } from '../services/service-lookup.ts';
import type { SpendResult } from './account-spend.ts';

/** The ProviderName the service catalogue speaks of. */
const PROVIDER = 'AWS';

/** Categories and unmapped names a sentence repeats; the figures hold all. */
const NAMED = 5;

/** A sum of the bill's own lines, by a catalogue whose sources do not always state the category. */
const CONFIDENCE = '0.90';

/**
 * BilledCost by category of the service catalogue; nothing when the bill has no ServiceName.
 *
 * Figures `category.<name>`, then `unmapped` (lines of AWS whose ServiceName is in no category) and `other_providers`: every
 * line is in exactly one, so they add up to the total. The last two are also a note `UNMAPPED_SPEND`.
 */
export function categoryResult(cited: CitedBill): SpendResult {
  const bill = billOf(cited.cited);
  if (!bill.has('ServiceName')) return { claims: [], notes: [] };
  const names = serviceNames(bill);
  const byCategory = Map.groupBy(names, (name) => (name === null ? undefined : findService(name)?.category));
  const unmapped = byCategory.get(undefined) ?? [];
  byCategory.delete(undefined);
  const categories = [...byCategory]
    .map(([category = '', labels]) => ({ category, figure: ofServices(cited, figureName(category), labels) }))
    .toSorted((a, b) => new Decimal(b.figure.value).comparedTo(a.figure.value) || (a.category < b.category ? -1 : 1));
  const rest = [
    ...(unmapped.length === 0 ? [] : [ofServices(cited, 'unmapped', unmapped)]),
    ...otherProviders(cited, bill),
  ];
  return { claims: [claimOf(cited, categories, rest)], notes: unmappedNotes(rest, unmapped) };
}

/** The ServiceNames on lines of AWS; all of them when the bill does not name providers. */
function serviceNames(bill: BillTable): (string | null)[] {
  const { codes, labels } = bill.dimension('ServiceName');
  const isOurs = linesIn(bill, ofProvider(bill));
  const seen = new Set(codes.filter((_, line) => isOurs(line)));
  return [...seen].map((code) => labels[code] ?? null).toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
}

const ofProvider = (bill: BillTable): LineSets => (bill.has('ProviderName') ? { ProviderName: [PROVIDER] } : {});

const figureName = (category: string): string => {
  const words = category.toLowerCase().match(/[a-z]+/g) ?? [];
  return `category.${words.join('-')}`;
};

function ofServices(cited: CitedBill, name: string, labels: readonly (string | null)[]): Figure {
  const bill = billOf(cited.cited);
  return sumFigure(cited, name, { ...ofProvider(bill), ServiceName: labels });
}

function otherProviders(cited: CitedBill, bill: BillTable): Figure[] {
  if (!bill.has('ProviderName')) return [];
  const others = bill.dimension('ProviderName').labels.filter((label) => label !== PROVIDER);
  return others.length === 0 ? [] : [sumFigure(cited, 'other_providers', { ProviderName: others })];
}

function sumFigure(cited: CitedBill, name: string, sets: LineSets): Figure {
  const unit = billCurrency(billOf(cited.cited));
  const params = {
    column: 'BilledCost',
    in: Object.fromEntries(Object.entries(sets).map(([column, labels]) => [column, [...labels]])),
  };
  return billFigure(cited, { name, unit, derivation: billSumIn, params });
}

function claimOf(
  { citations }: CitedBill,
  categories: readonly { readonly category: string; readonly figure: Figure }[],
  rest: readonly Figure[],
): Claim {
  const named = categories.slice(0, NAMED).map(({ category, figure }) => `${category} ${displayFigure(figure)}`);
  const more = categories.length - named.length;
  const parts = [
    ...named,
    ...(more > 0 ? [`${more} more`] : []),
    ...rest.map(
      (figure) => `${figure.name === 'unmapped' ? 'in no category' : 'other providers'} ${displayFigure(figure)}`,
    ),
  ];
  const count = `${categories.length} ${categories.length === 1 ? 'category' : 'categories'}`;
  return makeClaim({
    topic: 'spend/category',
    statement: `BilledCost of ${count} of services: ${parts.join('; ')}.`,
    figures: [...categories.map(({ figure }) => figure), ...rest],
    citations: [...citations],
    confidence: CONFIDENCE,
    role: 'budget',
  });
}

function unmappedNotes(rest: readonly Figure[], names: readonly (string | null)[]): SpendResult['notes'] {
  const shown = names.slice(0, NAMED).map((name) => shownLabel(name, 'no ServiceName'));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  const whose = new Map([
    ['unmapped', `of ${shown.join('; ')}${more}`],
    ['other_providers', `of providers other than ${PROVIDER}`],
  ]);
  const amounts = rest.map((figure) => `${displayFigure(figure)} ${whose.get(figure.name) ?? ''}`);
  const detail = `BilledCost in no category of services: ${amounts.join(', and ')}.`;
  return rest.length === 0 ? [] : [{ code: 'UNMAPPED_SPEND', detail }];
}
