/** Tag keys that name an environment, lower case. Source: own choice of usual spellings, after the AWS whitepaper "Best Practices for Tagging AWS Resources", page not re-read. */
const TAG_KEYS = new Set(['env', 'environment', 'stage', 'tier', 'lifecycle-environment']);

/** Words for production, lower case. */
const PRODUCTION = new Set(['prod', 'production', 'prd', 'live']);

/** Words for everything before production, lower case. */
const NON_PRODUCTION = new Set([
  'dev',
  'develop',
  'development',
  'test',
  'testing',
  'tst',
  'qa',
  'uat',
  'stage',
  'staging',
  'stg',
  'sandbox',
  'demo',
  'nonprod',
  'preprod',
]);

/** Which environment tags, else the words of the name, speak of; `undefined` when neither does or they contradict. */
export function environmentOf(
  tags: readonly { readonly Key: string; readonly Value: string }[],
  name: string,
): 'production' | 'non-production' | undefined {
  const tagged = tags.filter((tag) => TAG_KEYS.has(tag.Key.toLowerCase())).flatMap((tag) => wordsOf(tag.Value));
  return verdictOf(tagged) ?? (tagged.length === 0 ? verdictOf(wordsOf(name)) : undefined);
}

/** The words of a name that `environmentOf` reads, in their order: what may be told of a name without telling the name. */
export function environmentWordsOf(name: string): string[] {
  return wordsOf(name).filter((word) => PRODUCTION.has(word) || NON_PRODUCTION.has(word));
}

function verdictOf(words: readonly string[]): 'production' | 'non-production' | undefined {
  if (words.some((word) => NON_PRODUCTION.has(word))) {
    return words.some((word) => PRODUCTION.has(word)) ? undefined : 'non-production';
  }
  return words.some((word) => PRODUCTION.has(word)) ? 'production' : undefined;
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/\b(non|pre)[-_ ]prod/g, '$1prod')
    .replaceAll(/\b(non|pre)production/g, '$1prod')
    .split(/[^a-z]+/)
    .map((word) => word.replace(/^(nonprod|preprod).*$/, '$1'));
