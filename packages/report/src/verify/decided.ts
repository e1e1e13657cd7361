import { EvidenceReader } from '@infrafabric/collect';
import { Decision } from '@infrafabric/finops';
import { type Decided, isFinding, type Report } from '../model.ts';
import { firstLine } from './attempt.ts';
import type { EvidenceSource } from './evidence-source.ts';
import type { Problem } from './problem.ts';

/** Checks that every decision a report heeds stands in its evidence as the report says, and is about that finding. */
export async function checkDecided(report: Report, source: EvidenceSource, problems: Problem[]): Promise<void> {
  const reader = new EvidenceReader(source, CACHE_BYTES);
  const accepted = report.findings.filter(isFinding).flatMap(({ id, decided }) => (decided ? [{ id, decided }] : []));
  const suppressed = report.suppressed.map(({ id, suppression }) => ({ id, decided: suppression }));
  for (const { id, decided } of [...accepted, ...suppressed]) {
    const wrong = await differenceIn(id, decided, reader);
    if (wrong !== undefined) problems.push({ code: 'DECISION_UNFOUNDED', where: id, message: wrong });
  }
}

const CACHE_BYTES = 128 * 1024 * 1024;

async function differenceIn(
  id: string,
  { citation, ...said }: Decided,
  reader: EvidenceReader,
): Promise<string | undefined> {
  try {
    const made = Decision.parse(await reader.cited(citation));
    if (made.finding !== id) return `the cited decision is about ${made.finding}`;
    const same = WORDS.every((word) => made[word] === said[word]);
    return same ? undefined : 'the cited decision says something else';
  } catch (error) {
    return firstLine(error);
  }
}

/** What a report repeats of a decision. */
const WORDS = ['decision', 'by', 'at', 'reason', 'until'] as const;
