import { billEvidence, challengesOf, type InputManifest, isChallenge, type TaskResult } from '@infrafabric/finops';
import type { SessionRequest } from '@infrafabric/protocol';
import { billFiles } from './plan-collection.ts';
import { type PlannedTask, plannedTask } from './planned-task.ts';

/** What the third plan is made from; nothing else may influence it. */
export interface ChallengeBasis {
  readonly request: SessionRequest;
  readonly manifest: InputManifest;
  readonly results: readonly TaskResult[];
}

/** Whether any saving can be challenged: by the agent of the budget, which was asked for, from a bill, which was given. */
export const isChallengePossible = ({ request, manifest }: Omit<ChallengeBasis, 'results'>): boolean =>
  request.roles.includes('budget') && manifest.files.some((file) => file.kind === 'bill');

/** Plans one task for each saving that a second agent derives again, the largest first. Pure: the order of results does not matter. */
export function planChallenge(basis: ChallengeBasis): PlannedTask[] {
  if (!isChallengePossible(basis)) return [];
  const files = billFiles(basis.manifest);
  return challengesOf(basis.results)
    .filter(isChallenge)
    .map(({ finding, claim, billed }, n) =>
      plannedTask(
        {
          task_id: `budget/challenge/${n}`,
          type: 'budget.challenge',
          role: 'budget',
          service: finding.service,
          region: finding.resource.region,
          phase: 'challenge',
          evidence: billEvidence(files),
        },
        { kind: 'challenge', files, claim, billed },
      ),
    );
}
