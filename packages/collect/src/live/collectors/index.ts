export { COLLECTORS } from './catalogue.ts';
