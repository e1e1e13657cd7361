export { pseudonymousSink } from './estate-sink.ts';
export { Handles } from './handles.ts';
