import { type Decision, type DecisionDocument, decisionsInForce } from '@infrafabric/finops';
import { evidenceId } from '@infrafabric/protocol';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { readDecisionFolder } from './decision-folder.ts';

/** The decisions of a data folder, and which of them count today. */
export interface ListedDecisions {
  readonly document: DecisionDocument;
  readonly inForce: readonly Decision[];
}

/** Every decision kept in the data folder. @throws RuntimeError `DECISIONS_UNREADABLE`. */
export function listDecisions(config: Config): ListedDecisions {
  const document = readDecisionFolder(config.home);
  const today = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
  const nowhere = evidenceId('0'.repeat(64));
  return { document, inForce: decisionsInForce(document, nowhere, today).map(({ decision }) => decision) };
}
