import { EvidenceReader } from '@infrafabric/collect';
import { ANY_RESOURCE, Decision, findingIdOf, fitsTags } from '@infrafabric/finops';
import { type Decided, isFinding, type Report } from '../model.ts';
import { firstLine } from './attempt.ts';
import type { EvidenceSource } from './evidence-source.ts';
import type { Problem } from './problem.ts';

/** Checks that every decision a report heeds stands in its evidence as the report says, and is about that finding or its whole rule; and that tags fit. */
export async function checkDecided(report: Report, source: EvidenceSource, problems: Problem[]): Promise<void> {
  const reader = new EvidenceReader(source, CACHE_BYTES);
  const accepted = report.findings.filter(isFinding).flatMap(({ id, decided }) => (decided ? [{ id, decided }] : []));
  for (const { id, decided } of accepted) {
    const wrong = await differenceIn([id], decided, reader);
    if (wrong !== undefined) problems.push({ code: 'DECISION_UNFOUNDED', where: id, message: wrong });
  }
  for (const { id, rule, suppression } of report.suppressed) {
    const wrong =
      suppression.kind === 'tag'
        ? await differenceInTags(rule, suppression, reader)
        : await differenceIn([id, findingIdOf(rule, ANY_RESOURCE)], suppression, reader);
    if (wrong !== undefined) problems.push({ code: 'DECISION_UNFOUNDED', where: id, message: wrong });
  }
}

const CACHE_BYTES = 128 * 1024 * 1024;

async function differenceIn(
  ids: readonly string[],
  { citation, ...said }: Decided,
  reader: EvidenceReader,
): Promise<string | undefined> {
  try {
    const made = Decision.parse(await reader.cited(citation));
    if (!ids.includes(made.finding)) return `the cited decision is about ${made.finding}`;
    const same = WORDS.every((word) => made[word] === said[word]);
    return same ? undefined : 'the cited decision says something else';
  } catch (error) {
    return firstLine(error);
  }
}

async function differenceInTags(
  rule: string,
  { expression, citation }: Extract<Report['suppressed'][number]['suppression'], { kind: 'tag' }>,
  reader: EvidenceReader,
): Promise<string | undefined> {
  try {
    const tags = await reader.cited(citation);
    const isJson = typeof tags === 'object' && tags !== null && !('columns' in tags);
    return isJson && fitsTags(rule, expression, tags) ? undefined : `the cited tags do not fit ${expression}`;
  } catch (error) {
    return firstLine(error);
  }
}

/** What a report repeats of a decision. */
const WORDS = ['decision', 'by', 'at', 'reason', 'until'] as const;
