export { testEvidenceStore } from './evidence-suite.ts';
export type { EvidenceHarness } from './evidence-suite.ts';
export { sessionIdOf, sessionRecord, taskRecord } from './records.ts';
export { testHistoryStore } from './history-suite.ts';
export type { HistoryHarness } from './history-suite.ts';
export { testReplayMemory } from './replay-suite.ts';
export type { ReplayHarness } from './replay-suite.ts';
export { testStateStore } from './state-suite.ts';
export type { StateHarness } from './state-suite.ts';
