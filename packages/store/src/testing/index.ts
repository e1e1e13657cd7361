export { sessionIdOf, sessionRecord, taskRecord } from './records.ts';
