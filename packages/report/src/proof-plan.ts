import type { Gap, Gathered, GatheredResult, InputManifest } from '@infrafabric/finops';
import { Digest, SessionRequest, TaskId, TaskSpec } from '@infrafabric/protocol';
import { z } from 'zod';

/** How one planned task ended: with the wire of the answer that carries its result, or with a reason. */
const TaskEnd = z.strictObject({
  task_id: TaskId,
  answer_sha256: Digest.nullable(),
  gap: z.strictObject({ code: z.string(), what: z.string(), detail: z.string() }).nullable(),
});

/** What was asked, what was given, what was planned and how it ended: with the results, all a report is made of. */
export const ProofPlan = z.strictObject({
  request: SessionRequest,
  manifest: z.custom<InputManifest>((value) => typeof value === 'object' && value !== null && 'files' in value),
  tasks: z.array(TaskSpec),
  ends: z.array(TaskEnd),
});
export type ProofPlan = z.infer<typeof ProofPlan>;

/** Folds a plan and the verified results, by task id, back into what the coordinator had gathered. */
export function gatheredOf(plan: ProofPlan, results: ReadonlyMap<string, GatheredResult>): Gathered {
  const ends = new Map(plan.ends.map((end) => [end.task_id, end]));
  const specs = plan.tasks.toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1));
  const gaps: Gap[] = [];
  const gathered: GatheredResult[] = [];
  for (const { task_id } of specs) {
    const result = results.get(task_id);
    const gap = ends.get(task_id)?.gap;
    if (result !== undefined) gathered.push(result);
    else gaps.push(gap ?? { code: 'NOT_STARTED', what: task_id, detail: 'the task was planned and never started' });
  }
  return { request: plan.request, manifest: plan.manifest, results: gathered, gaps };
}
