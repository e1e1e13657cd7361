import { actOf, type GatheredResult, type TaskResult } from '@infrafabric/finops';
import { canonicalJson, isResultAct, type MessageOf, type OpenedRequest, type TaskSpec } from '@infrafabric/protocol';
import { z } from 'zod';
import { PATHS } from '../folder.ts';
import type { ProofPlan } from '../proof-plan.ts';
import { firstLine } from './attempt.ts';
import type { Conversation } from './conversation.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';
import { shaped } from './shaped.ts';

/** The results that are bound to signed answers, which are bound to signed requests for exactly the planned task; by task id. */
export function readResults(
  conversation: Conversation,
  intact: Intact,
  plan: ProofPlan,
  problems: Problem[],
): Map<string, GatheredResult> {
  const specs = new Map(plan.tasks.map((task) => [task.task_id, task]));
  const results = new Map<string, GatheredResult>();
  for (const { task_id, answer_sha256 } of plan.ends) {
    if (answer_sha256 === null) continue;
    try {
      const spec = specs.get(task_id);
      if (spec === undefined) throw new RangeError('the plan has no such task');
      const answer = boundAnswer(conversation, answer_sha256, spec);
      results.set(task_id, { task_id, role: spec.role, result: resultOf(answer, intact) });
    } catch (error) {
      problems.push({ code: 'RESULT_UNBOUND', where: task_id, message: firstLine(error) });
    }
  }
  return results;
}

type Answer = MessageOf<'inform' | 'confirm' | 'disconfirm'>;

function boundAnswer(conversation: Conversation, sha256: string, spec: TaskSpec): Answer {
  const answer = conversation.messages.get(sha256);
  if (answer === undefined || !isResultAct(answer.message))
    throw new RangeError('no signed answer stands behind the result');
  const request = conversation.requestOf(answer);
  if (request === undefined || answer.message.task.task_id !== spec.task_id || !isRequestFor(request, spec))
    throw new RangeError('the signed answer is not one to the planned task');
  if (answer.message.receiver !== request.message.sender)
    throw new RangeError('the signed answer is not to the sender of its request');
  return answer.message;
}

function isRequestFor({ message }: OpenedRequest, spec: TaskSpec): boolean {
  const { type, service, region, input, context, evidence } = spec;
  const planned = { task: { type, service, region, input }, context, evidence };
  return message.task.task_id === spec.task_id && canonicalJson(message.content) === canonicalJson(planned);
}

function resultOf(answer: Answer, intact: Intact): TaskResult {
  const { sha256 } = answer.content.result;
  const bytes = intact.files.get(`${PATHS.results}${sha256.slice('sha256:'.length)}.json`);
  if (bytes === undefined || answer.citation.evidence_hash !== sha256)
    throw new RangeError('the folder does not have the result its signed answer names');
  const result = shaped(AnyResult, JSON.parse(new TextDecoder().decode(bytes)));
  if (answer.performative === actOf(result)) return result;
  throw new RangeError(`the signed answer says ${answer.performative}, its result ${actOf(result)}`);
}

/** Told apart by `kind`; what else a result holds is judged by the report that is made of it. */
const AnyResult = z.custom<TaskResult>(
  (value) =>
    z
      .looseObject({
        kind: z.enum(['judge', 'index', 'live', 'bill', 'budget', 'decisions', 'commitments', 'challenge']),
      })
      .safeParse(value).success,
  'expected the result of a task',
);
