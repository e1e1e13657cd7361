import { dayOf, monthOf, dayText } from '../../bill/charge-instant.ts';
import type { Grouping } from '../groupings.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * The month a question in lower case names, as `YYYY-MM`: `2026-10`, `October 2026`, `October` (the last one that has begun by
 * `asOf`), `this month`, `last month`. `May` counts only behind a word such as `in`, or with a year.
 */
export function monthIn(question: string, asOf: string): string | undefined {
  const number = /\b(20\d{2})-(0[1-9]|1[0-2])\b/.exec(question);
  if (number !== null) return number[0];
  const today = dayOf(Date.parse(asOf));
  if (/\b(?:last|previous|prior) month\b/.test(question)) return dayText(monthOf(today).first - 1).slice(0, 7);
  if (/\b(?:this|current) month\b/.test(question)) return asOf.slice(0, 7);
  const named = MONTH.exec(question)?.groups;
  const word = named?.['sure'] ?? named?.['month'];
  if (word === undefined) return undefined;
  const month = String(MONTHS.findIndex((name) => name.startsWith(word.slice(0, 3))) + 1).padStart(2, '0');
  const year = Number(asOf.slice(0, 4)) - (month > asOf.slice(5, 7) ? 1 : 0);
  return `${named?.['year'] ?? year}-${month}`;
}

/** A month by its name or its first three letters; a name that is also a word of its own needs a preposition or a year. */
const MONTH =
  /\b(?:(?<sure>jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)|(?<=\b(?:in|of|for|since|during|to|and|vs|versus) )(?<month>mar(?:ch)?|may)|(?<=)(?:mar(?:ch)?|may)(?= 20\d{2}))(?: (?<year>20\d{2}))?\b/;

/** Regions as AWS names them in its console, in lower case. Source: AWS Regions and Availability Zones, read 2026-11. */
const REGIONS: Readonly<Record<string, string>> = {
  virginia: 'us-east-1',
  ohio: 'us-east-2',
  california: 'us-west-1',
  oregon: 'us-west-2',
  ireland: 'eu-west-1',
  london: 'eu-west-2',
  paris: 'eu-west-3',
  frankfurt: 'eu-central-1',
  stockholm: 'eu-north-1',
  tokyo: 'ap-northeast-1',
  singapore: 'ap-southeast-1',
  sydney: 'ap-southeast-2',
  mumbai: 'ap-south-1',
};

/** The region a question in lower case names, by its code or its city. */
export function regionIn(question: string): string | undefined {
  const code = /\b(?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov)?-(?:north|south|east|west|central)(?:east|west)?-\d\b/.exec(
    question,
  );
  if (code !== null) return code[0];
  const word = Object.keys(REGIONS).find((name) => new RegExp(String.raw`\b${name}\b`).test(question));
  return word === undefined ? undefined : REGIONS[word];
}

/** The account a question names, by its 12 digits. */
export const accountIn = (question: string): string | undefined => /\b\d{12}\b/.exec(question)?.[0];

/** The tag a question in its own case names: `tag env`, `tagged env=prod`, `by tag team`. */
export function tagIn(question: string): { readonly key: string; readonly value?: string } | undefined {
  const [, key, value] =
    /\btag(?:s|ged)?(?: (?:key|with|as|named|called))?[ :]+["']?([\w:./-]+)["']?(?:\s*(?:=|:| is )\s*["']?([\w:./@-]+))?/i.exec(
      question,
    ) ?? [];
  if (key === undefined || NOT_TAGS.has(key.toLowerCase())) return undefined;
  return value === undefined ? { key } : { key, value };
}

const NOT_TAGS = new Set(['in', 'for', 'by', 'of', 'and', 'the', 'on', 'values', 'value']);

/** What a question in lower case wants spend told apart by. */
export function groupingIn(question: string): Grouping['word'] | undefined {
  return GROUPS.find(([, sign]) => sign.test(question))?.[0];
}

const GROUPS: readonly (readonly [Grouping['word'], RegExp])[] = [
  ['tag', /\btag/],
  ['usage-type', /\busage[- ]types?\b|\busage\b/],
  ['resource', /\bresources?\b|\binstances\b|\bvolumes\b|\bbuckets\b/],
  ['account', /\baccounts?\b(?! \d)/],
  ['region', /\bregions?\b/],
  ['service', /\bservices?\b|\bproducts?\b/],
];

/** How many of something a question asks for: `top 5`, `the 3 dearest`; at most 50. */
export function countIn(question: string): number | undefined {
  const [, after, before] =
    /\b(?:top|biggest|largest|dearest) (\d{1,3})\b|\b(\d{1,3}) (?:most|biggest|largest|dearest|top|highest)\b/.exec(
      question,
    ) ?? [];
  const count = Number(after ?? before);
  return Number.isInteger(count) && count > 0 ? Math.min(count, 50) : undefined;
}
