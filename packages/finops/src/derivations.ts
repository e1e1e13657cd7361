import type { Derivation } from '@infrafabric/protocol';
import { ANOMALY_DERIVATIONS } from './anomalies/derivations.ts';
import { BILL_DERIVATIONS } from './bill/derivations.ts';
import { DECISION_DERIVATIONS } from './decisions/realised-derivations.ts';
import { AWS_BUDGET_DERIVATIONS } from './budget/aws/budget-derivations.ts';
import { BUDGET_DERIVATIONS } from './budget/derivations.ts';
import { CHALLENGE_DERIVATIONS } from './challenges/derivations.ts';
import { COMMITMENT_DERIVATIONS } from './commitments/derivations.ts';
import { configuredThreshold } from './controls/thresholds.ts';
import { OPINION_DERIVATIONS } from './opinions/opinion-claim.ts';
import { FINOPS_RULES } from './rules/catalogue.ts';
import { BILLED_SAVING_DERIVATIONS } from './savings/billed-derivations.ts';
import { NET_DERIVATIONS } from './savings/net-derivations.ts';
import { SPEND_DERIVATIONS } from './spend/derivations.ts';

/**
 * Every derivation this package ever published, so that `verify` can run it again; one line each, never removed.
 *
 * Those of a rule stand in the rule; several rules may share one.
 */
export const FINOPS_DERIVATIONS: readonly Derivation[] = [
  ...BILL_DERIVATIONS,
  ...BUDGET_DERIVATIONS,
  ...AWS_BUDGET_DERIVATIONS,
  ...DECISION_DERIVATIONS,
  ...BILLED_SAVING_DERIVATIONS,
  ...NET_DERIVATIONS,
  ...COMMITMENT_DERIVATIONS,
  ...CHALLENGE_DERIVATIONS,
  configuredThreshold,
  ...OPINION_DERIVATIONS,
  ...SPEND_DERIVATIONS,
  ...ANOMALY_DERIVATIONS,
  ...new Set(FINOPS_RULES.flatMap((rule) => rule.derivations)),
];
