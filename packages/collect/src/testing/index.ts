export { zipped } from './zip.ts';
