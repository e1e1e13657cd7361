export { UPGRADE_RULES } from './catalogue.ts';
export { SOON_DAYS, decideEksStep, eksWayOut, planEksHops } from './decision.ts';
export type { HopPlan, LifecycleOf, StepDecision } from './decision.ts';
export { UPGRADE_DERIVATIONS } from './derivations.ts';
export { UpgradeError } from './errors.ts';
export type { UpgradeErrorCode } from './errors.ts';
export { DATE_FIELDS, chargedPhase, chosenDate, sourcedDates, supportState } from './lifecycle.ts';
export type { DateField, Phase, SupportState } from './lifecycle.ts';
export { EXTENDED_SUPPORT_PRICES, LIFECYCLES, LIFECYCLE_TABLE } from './tables.ts';
export {
  eksLifecycleKey,
  lambdaLifecycleKey,
  openSearchLifecycleKey,
  rdsLifecycleKey,
  redisLifecycleKey,
} from './version.ts';
