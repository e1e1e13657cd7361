export { INVARIANTS } from './catalogue.ts';
export { checkHistory } from './check-history.ts';
export type { DeliveryEntry, EnqueueEntry, OutcomeEntry, PublishEntry, QuarantineEntry } from './bus-entries.ts';
export type {
  BlobEntry,
  CallEntry,
  HistoryEntry,
  HistoryKey,
  ItemEntry,
  LedgerEntry,
  ProcessEntry,
  ReportEntry,
  TamperEntry,
  Violation,
  WorldEntry,
  WriteEntry,
  WriteOutcome,
} from './history.ts';
export type { SessionItem, TaskItem } from './items.ts';
export { historyText, readHistory } from './read-history.ts';
export { checkSameReports } from './same-reports.ts';
