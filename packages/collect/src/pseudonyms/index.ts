export { pseudonymousSink } from './estate-sink.ts';
export { Handles } from './handles.ts';
export { isPlainWord, openTextMask } from './text-mask.ts';
export type { TextMask } from './text-mask.ts';
