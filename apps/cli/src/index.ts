export { commandPages } from './command-pages.ts';
export type { CommandPage, Described } from './command-pages.ts';
