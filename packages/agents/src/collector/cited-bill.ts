import { billCitations, type CitedBill, type InputFile } from '@infrafabric/finops';
import type { Desk } from '../desk.ts';

/** The bill that files make up, read by its citations: its lines, or its lines by resource where it is too large to travel. */
export async function citedBill(
  files: readonly InputFile[],
  part: 'lines' | 'resources',
  desk: Desk,
): Promise<CitedBill> {
  const citations = billCitations(files, part);
  const cited: CitedBill['cited'][number][] = [];
  for (const citation of citations) cited.push(await desk.cited(citation));
  return { cited, citations };
}
