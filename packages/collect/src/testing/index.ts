export { zipped } from './zip.ts';
export { testAnswerCache } from './answer-cache-suite.ts';
