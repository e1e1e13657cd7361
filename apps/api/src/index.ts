export { createApp } from './app.ts';
export type { AppOptions } from './app.ts';
export { openApiText } from './openapi-text.ts';
export { serve } from './serve.ts';
export type { ServeOptions } from './serve.ts';
