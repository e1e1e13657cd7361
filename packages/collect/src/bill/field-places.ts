import type { BillHeader } from './bill-check.ts';

/** A column and where it stands in a record. */
export interface Place {
  readonly name: string;
  readonly field: number;
}

/** Where everything stands that merging a bill needs. Columns the file does not have are not there. */
export interface FieldPlaces {
  readonly start: Place;
  readonly end: Place;
  readonly kind: Place;
  readonly always: readonly Place[];
  readonly byDay: readonly Place[];
  /** Numbers that are added up; `checked` of them first, those that figures are made of. */
  readonly sums: readonly Place[];
  readonly checked: number;
  readonly billed: readonly Place[];
  readonly currency: Place | undefined;
  readonly resource: Place | undefined;
  /** What together names a line of a Cost and Usage Report; empty for FOCUS. */
  readonly identity: readonly Place[];
}

/** Finds the columns of a header. */
export function placesOf(names: readonly string[], header: BillHeader, billed: readonly string[]): FieldPlaces {
  const { columns, own, format } = header;
  const at = (name: string): Place[] => {
    const found = own(name);
    return found === undefined ? [] : [{ name: found, field: names.indexOf(found) }];
  };
  const must = (name: string): Place => at(name)[0] ?? { name, field: -1 };
  const numbers = columns.numbers.flatMap(at);
  return {
    start: must(columns.chargePeriod[0]),
    end: must(columns.chargePeriod[1]),
    kind: must(columns.kind),
    always: columns.merge.always.flatMap(at),
    byDay: columns.merge.byDay.flatMap(at),
    sums: [...numbers, ...columns.merge.sums.flatMap(at)],
    checked: numbers.length,
    billed: billed.flatMap(at),
    currency: at(columns.currency)[0],
    resource: at(columns.resource)[0],
    identity: format.startsWith('focus') || at(IDENTITY[0]).length === 0 ? [] : IDENTITY.flatMap(at),
  };
}

/** As in the reading of whole files: see the lines that figures leave out. */
const IDENTITY = [
  'identity_line_item_id',
  'identity_time_interval',
  'line_item_usage_account_id',
  'line_item_usage_start_date',
  'line_item_net_unblended_cost',
  'line_item_unblended_cost',
] as const;
