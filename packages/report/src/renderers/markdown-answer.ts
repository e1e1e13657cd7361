import type { Report } from '../model.ts';
import { markdown } from './text-safety.ts';

/** What was asked, what it was read as, and what answers it; empty without a question. */
export function answerText({ answer, request, claims }: Report): string {
  if (answer === undefined || request.question === null) return '';
  const statements = answer.claims.flatMap((id) => claims.find((claim) => claim.id === id)?.statement ?? []);
  return [
    '## What was asked',
    '',
    markdown(request.question),
    '',
    `Read as: ${markdown(answer.read_as)}. Answered by rule.`,
    '',
    ...statements.map((statement) => `- ${markdown(statement)}`),
    ...(answer.unanswered === undefined ? [] : [`Not answered: ${markdown(answer.unanswered)}`]),
    ...(answer.can_answer ?? []).map((one) => `- can be asked: ${markdown(one)}`),
  ].join('\n');
}
