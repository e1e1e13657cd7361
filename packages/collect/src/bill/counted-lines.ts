import type { InputFile } from '@infrafabric/finops';
import { sameLineItems } from './bill-overlap.ts';
import type { ReadBill } from './destination.ts';
import { countEqual } from './parquet-watch.ts';

/**
 * The files of a bill with how many lines of each equal an earlier line in every column; a file without any says nothing.
 *
 * FOCUS names no line items, so its equal lines count all the same. A line item of a Cost and Usage Report that stands in two
 * files is left out when figures are made, which merged lines cannot be.
 * @throws CollectError `BILL_OVERLAP` for a line item in two files of which one was merged.
 */
export async function countedLines(read: readonly ReadBill[]): Promise<InputFile[]> {
  const counts = await parquetCounts(read);
  const reports = read.filter(({ coverage }) => !coverage.format.startsWith('focus'));
  const again = reports.reduce((sum, file) => sum + (counts.get(file)?.again ?? file.coverage.again), 0);
  if (again > 0 && reports.some(({ input }) => input.resources !== undefined)) {
    throw sameLineItems(
      again,
      reports
        .map(({ input }) => input.name)
        .slice(0, 3)
        .join(', '),
    );
  }
  return read.map((file) => {
    const equal = counts.get(file)?.equal ?? file.coverage.equal;
    const isReport = !file.coverage.format.startsWith('focus');
    return isReport || equal === 0 ? file.input : { ...file.input, equal_lines: equal };
  });
}

/** Counts of the first of each group of Parquet files with the same columns; none for the others. */
async function parquetCounts(read: readonly ReadBill[]): Promise<Map<ReadBill, { equal: number; again: number }>> {
  const groups = Map.groupBy(
    read.filter(({ parquet }) => parquet !== undefined),
    ({ parquet }) => JSON.stringify(parquet?.columns),
  );
  const counts = new Map<ReadBill, { equal: number; again: number }>();
  for (const files of groups.values()) {
    const [first] = files;
    const isCounted = first?.coverage.format.startsWith('focus') === true || files.length > 1;
    const places = files.flatMap(({ parquet }) => (parquet === undefined ? [] : [parquet]));
    if (first !== undefined && isCounted) counts.set(first, await countEqual(places, first.input.name));
  }
  return counts;
}
