import type { SessionHost } from '@infrafabric/runtime';
import { createApp } from './app.ts';
import { openApiOf } from './documents.ts';

/** `/openapi.json` as a file, made without an installation. */
export function openApiText(): string {
  const app = createApp(NO_HOST, { names: [], requestsPerMinute: 1, addressOf: () => '' });
  return `${JSON.stringify(openApiOf(app), undefined, 2)}\n`;
}

const refuse = (): Promise<never> => Promise.reject(new TypeError('this app answers no request'));

/** Routes are described without being asked. */
const NO_HOST: SessionHost = {
  admit: () => undefined,
  start: refuse,
  list: refuse,
  show: refuse,
  cancel: refuse,
  resume: refuse,
  deadLetters: { list: refuse, show: refuse, redrive: refuse },
  uploads: { keep: refuse, list: () => [], remove: () => false },
  follow: refuse,
  gauges: refuse,
  reports: { file: refuse, read: refuse },
  schedules: { list: () => [], put: () => ({ fresh: false }), remove: () => false },
  testConnection: refuse,
  forgetCost: refuse,
};
