export { codeOf, codeOfAsync } from './code-of.ts';
export { type Agent, type Swarm, aSwarm, aTask } from './swarm.ts';
