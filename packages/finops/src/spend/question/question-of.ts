import { canonicalJson } from '@infrafabric/protocol';
import { SERVICES } from '../../services/service-catalogue.ts';
import type { Intent } from './intents.ts';
import { type Route, routeQuestion } from './route.ts';

/** A question in words that rules understand: `routeQuestion` reads it as exactly this route. `undefined` when no wording does. */
export function questionOf(route: Route, asOf: string): string | undefined {
  const { intent } = route;
  if (intent === undefined) return undefined;
  const meant = canonicalJson({ ...route });
  return wordings(intent, route).find((text) => canonicalJson({ ...routeQuestion(text, asOf) }) === meant);
}

const BEGINNINGS: Readonly<Record<Intent, string>> = {
  change: 'Why did cost change',
  movers: 'What are the movers',
  trend: 'What is the trend',
  total: 'How much was paid',
  breakdown: 'Show the breakdown of cost',
  top: 'What is dearest',
  anomaly: 'What is unusual',
  forecast: 'What is the forecast',
  budget: 'Does the budget hold',
  savings: 'What can be saved',
  idle: 'What is idle',
  lifecycle: 'What is deprecated',
};

function wordings(intent: Intent, { service, month, region, account, tag, by, count }: Route): string[] {
  const beginning = intent === 'top' && count !== undefined ? `What are the top ${count}` : BEGINNINGS[intent];
  const tail = [
    part('in', month),
    part('in', region),
    part('in account', account),
    part('tagged', tag === undefined ? undefined : [tag.key, tag.value].filter((one) => one !== undefined).join('=')),
    part('by', by),
  ].join('');
  return namesOf(service).map((name) => `${beginning}${part('of', name)}${tail}?`);
}

const part = (word: string, value: string | undefined): string => (value === undefined ? '' : ` ${word} ${value}`);

/** What a service may be called in a question; the empty name when none is asked about. */
function namesOf(key: string | undefined): (string | undefined)[] {
  if (key === undefined) return [undefined];
  const service = SERVICES.find((one) => one.key === key);
  return service === undefined
    ? []
    : [service.key.replace(/^(?:Amazon|AWS)/, ''), service.name, service.key, ...service.also];
}
