import { EvidenceReader } from '@infrafabric/collect';
import { billCitations, challengeResult, challengesOf, isChallenge } from '@infrafabric/finops';
import type { Cited } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import type { EndedTask, TestSession } from './signed-folder.ts';

/** The same session once a second agent derived every saving again that can be. */
export async function challenged(session: TestSession): Promise<TestSession> {
  const { tasks, manifest, evidence } = session;
  const reader = new EvidenceReader(
    { get: async (id) => evidence.get(id) ?? Promise.reject(new RangeError(`no evidence ${id}`)) },
    1_000_000,
  );
  const citations = billCitations(manifest.files, 'resources');
  const cited: Cited[] = [];
  for (const citation of citations) cited.push(await reader.cited(citation));
  const results = tasks.flatMap(({ end }) => ('kind' in end ? [end] : []));
  const answers = challengesOf(results)
    .filter(isChallenge)
    .map((one, n): EndedTask => ({
      spec: aTask('budget', { task_id: `budget/challenge/${n}`, type: 'budget.challenge', phase: 'challenge' }),
      end: challengeResult({ cited, citations }, one),
    }));
  return { ...session, tasks: [...tasks, ...answers] };
}
