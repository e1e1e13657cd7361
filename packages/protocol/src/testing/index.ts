export { codeOf, codeOfAsync } from './code-of.ts';
export { ANY_RESULT, aRequest, anAnswer, anOpenedRequest } from './conversation.ts';
export { sharedData } from './shared-data.ts';
export { type Agent, type Swarm, aSwarm, aTask } from './swarm.ts';
