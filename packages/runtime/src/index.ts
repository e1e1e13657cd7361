export { RULES } from '@infrafabric/agents';
export { CATEGORIES, SERVICES, SERVICE_SOURCES, rulesOf } from '@infrafabric/finops';
export type { Category, Decision, Rule, RuleDefect, Service } from '@infrafabric/finops';
export type { VerifyOutcome } from '@infrafabric/report';
export { analyze } from './analyze.ts';
export type { AnalyzeOptions } from './analyze.ts';
export { readConfig, resolveConfig } from './config/config.ts';
export type { Config, Resolved } from './config/config.ts';
export type { Setting } from './config/setting.ts';
export { SETTINGS, WITHOUT_MEANING } from './config/settings.ts';
export { decide } from './decisions/decide.ts';
export type { Deciding } from './decisions/decide.ts';
export { openSessionHost } from './host/door.ts';
export type { Schedule, Schedules } from './host/schedules.ts';
export type { LocalHost, SessionHost } from './host/session-host.ts';
export type { HostedAnalysis, HostedLive, StartHosted } from './host/start-session.ts';
export type { HostedInput } from './host/lent-inputs.ts';
export { costsOf, opportunitiesOf } from './host/report-answers.ts';
export type { Costs, Opportunity, ServiceCost } from './host/report-answers.ts';
export type { ReportedSession } from './host/report-folders.ts';
export type { LoggedEvent } from './host/event-log.ts';
export type { KeptUpload } from './host/uploads.ts';
export { API_SCOPES, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
export type { ApiCaller, ApiKeyAsk, ApiScope, ListedApiKey } from './api-keys.ts';
export { listedRule, listRules, listServices } from './catalogues.ts';
export type { ListedRule, ListedService } from './catalogues.ts';
export type { ReportFile } from './host/report-file.ts';
export { listDecisions } from './decisions/list-decisions.ts';
export type { ListedDecisions } from './decisions/list-decisions.ts';
export { readHistory } from './history/read-history.ts';
export type { HistoryQuestion } from './history/read-history.ts';
export { DEMO_AS_OF, demoInputs } from './demo.ts';
export { diagnose } from './diagnose.ts';
export type { Check } from './diagnose.ts';
export { RuntimeError } from './errors.ts';
export type { RuntimeErrorCode } from './errors.ts';
export type { CollectOptions } from './live/collect-estate.ts';
export { collectEstate, diagnoseLive, iamPolicy } from './live/doors.ts';
export type { LiveSpent } from './live/spent.ts';
export { openFabric } from './fabric.ts';
export type { Fabric } from './fabric.ts';
export { runCoordinatorProcess, runWorkerProcess } from './processes.ts';
export { showPrices } from './prices/show-prices.ts';
export type { ShownPrice } from './prices/show-prices.ts';
export { updatePrices } from './prices/door.ts';
export type { PriceUpdate, PriceUpdateResult } from './prices/update-prices.ts';
export { isDirectory, readReport } from './read-report.ts';
export type { ReadReport } from './read-report.ts';
export type { WrittenReport } from './report-directory.ts';
export { findCategory } from './categories.ts';
export { isProven, missingProof, proofOf, ruleDefects } from './rule-proof.ts';
export type { RuleProof, VerdictCounts } from './rule-proof.ts';
export { findRule } from './rules.ts';
export { FORMATS } from './session-request.ts';
export {
  cancelSession,
  exportReport,
  isSessionId,
  listSessions,
  resumeSession,
  showSession,
  watchSession,
} from './sessions.ts';
export type { Holder, SessionLine } from './session-line.ts';
export type { Resumed, ShownSession } from './sessions.ts';
export type { SessionGauges } from './telemetry/gauges.ts';
export { openTelemetry } from './telemetry/telemetry.ts';
export type { Telemetry, TelemetryOptions } from './telemetry/telemetry.ts';
export { listKeys, revokeKey, rotateKeys } from './keys/change-keys.ts';
export type { ListedKeys } from './keys/change-keys.ts';
export { keySecret } from './keys/key-secret.ts';
export { exportKeys, importKeys } from './keys/ship-keys.ts';
export { listMessages, messageOf } from './messages.ts';
export type { ListedMessage } from './messages.ts';
export { listDeadLetters, purgeDeadLetters, showDeadLetter } from './dead-letters/list-dead-letters.ts';
export type { LetterChoice, ShownDeadLetter } from './dead-letters/list-dead-letters.ts';
export { redriveDeadLetters } from './dead-letters/redrive.ts';
export type { Redriven } from './dead-letters/redrive.ts';
export { pruneSessions } from './prune-sessions.ts';
export { listQuarantined, quarantinedWire } from './quarantined.ts';
export type { QuarantinedWire } from './quarantined.ts';
export { listBudgets } from './list-budgets.ts';
export type { ListedBudget } from './list-budgets.ts';
export { topologyOf } from './topology.ts';
export type { Topology } from './topology.ts';
export { verifyReport } from './verify-report.ts';
