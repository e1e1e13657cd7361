import { DecisionDocument, type DecisionsResult, decisionsInForce, type InputFile } from '@infrafabric/finops';
import type { Desk } from '../desk.ts';
import { AgentError } from '../errors.ts';

/**
 * Reads which decisions of people count on a day.
 *
 * @throws AgentError `WORK_LIST_INVALID` when there is not exactly one document, or it holds something else.
 */
export async function readDecisions(files: readonly InputFile[], asOf: string, desk: Desk): Promise<DecisionsResult> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) {
    throw new AgentError('WORK_LIST_INVALID', { message: `expected one document of decisions, got ${files.length}` });
  }
  const parsed = DecisionDocument.safeParse(await desk.document(file.evidence));
  if (parsed.success) return { kind: 'decisions', decisions: decisionsInForce(parsed.data, file.evidence, asOf) };
  throw new AgentError('WORK_LIST_INVALID', {
    message: `expected infrafabric.decisions/1, got ${parsed.error.issues[0]?.message ?? 'something else'}`,
    where: file.name,
  });
}
