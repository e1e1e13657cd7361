import type { Grouping } from '../groupings.ts';
import { type Intent, intentOf } from './intents.ts';
import { accountIn, countIn, groupingIn, monthIn, regionIn, tagIn } from './question-words.ts';
import { serviceIn } from './service-words.ts';

/** What a question was understood as. */
export interface Route {
  /** `undefined`: no word of it says what it is about, so it is not answered. */
  readonly intent: Intent | undefined;
  /** Key of the service catalogue. */
  readonly service?: string;
  /** `YYYY-MM`. */
  readonly month?: string;
  readonly region?: string;
  readonly account?: string;
  readonly tag?: { readonly key: string; readonly value?: string };
  readonly by?: Grouping['word'];
  readonly count?: number;
}

/** Understands a question by its words alone; no model is asked. `asOf` is YYYY-MM-DD and says which October is meant. */
export function routeQuestion(question: string, asOf: string): Route {
  const text = question.toLowerCase().replaceAll(/[’']/g, "'").replaceAll(/\s+/g, ' ');
  const said = {
    service: serviceIn(text)?.key,
    month: monthIn(text, asOf),
    region: regionIn(text),
    account: accountIn(text),
    tag: tagIn(question),
    by: groupingIn(text),
    count: countIn(text),
  };
  return { intent: intentOf(text) ?? bareIntent(said), ...present(said) };
}

/** A question of names alone, such as `RDS October`, asks what that cost. */
function bareIntent({ service, by }: { readonly service?: unknown; readonly by?: unknown }): Intent | undefined {
  if (by !== undefined) return 'breakdown';
  return service === undefined ? undefined : 'total';
}

function present<T extends object>(said: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is undefined is left out, and nothing else
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as never;
}
