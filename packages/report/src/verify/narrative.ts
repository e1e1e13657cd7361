import { PATHS } from '../folder.ts';
import type { Report } from '../model.ts';
import { unfoundedSentences } from '../narrative/gate.ts';
import { Narrative } from '../narrative/model.ts';
import type { SessionDocument } from '../session-document.ts';
import { attempt } from './attempt.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';
import { shaped } from './shaped.ts';

/** Reads what a model wrote, when there is any, and puts it through the gate again: it is of this report and cites its claims. */
export function readNarrative(
  intact: Intact,
  report: Report,
  session: SessionDocument,
  problems: Problem[],
): Narrative | undefined {
  const bytes = intact.files.get(PATHS.narrative);
  if (bytes === undefined) return undefined;
  const narrative = attempt('NARRATIVE_INVALID', PATHS.narrative, problems, () => {
    const read = shaped(Narrative, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (read.report_sha256 === session.report_sha256) return read;
    throw new RangeError('it is about another report');
  });
  if (narrative === undefined) return undefined;
  for (const place of unfoundedSentences(narrative, report)) {
    const message = 'a sentence says what no claim it cites says';
    problems.push({ code: 'NARRATIVE_UNFOUNDED', where: `${PATHS.narrative} ${place}`, message });
  }
  return narrative;
}
