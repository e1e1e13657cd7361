export { challenged } from './challenged-session.ts';
export { aReportFolder, gatheredIn, partsOf } from './signed-folder.ts';
export type { EndedTask, TestSession } from './signed-folder.ts';
export { aSmallSession, aVolumeItem } from './small-session.ts';
export { payloadOf, problemsOf, put, signAgain, textOf, verified } from './tampering.ts';
