import { type Support, unsupportedWords } from './narrative.ts';

/**
 * The words for which a sentence of a model is refused; an empty answer lets it pass. What is let through is the sentence as it
 * stands: `unreadable` characters are refused, so what a reader sees is what was judged.
 *
 * On top of {@link unsupportedWords}: numbers in letters, months and weekdays, other currencies, periods that belong to no cited
 * figure, digits apart ("1 2 3"), characters other than plain Latin, markup, names and compounds that no cited text has, and
 * talk about instructions. A word that a cited text has itself passes. It does not judge what a sentence means: a figure that
 * is cited may still be put in a wrong light.
 */
export function refusedWords(text: string, support: Support): string[] {
  const cited = support.texts.join('\n').toLowerCase();
  const refused = [
    ...unreadable(text, support),
    ...unsupportedWords(text, support),
    ...spelledNumbers(text),
    ...matches(text, ORDERS),
    ...matches(text, APART),
    ...months(text, cited),
    ...currencies(text),
    ...periods(text, support, cited),
    ...names(text, support),
  ];
  return [...new Set(refused)].filter((word) => !isCited(word, cited));
}

/** Whether a cited text has the word whole. What only a figure may support never passes this way: it holds a digit. */
function isCited(word: string, cited: string): boolean {
  return /^[a-z][a-z-]+$/i.test(word) && new RegExp(`(?<![\\w-])${word.toLowerCase()}(?![\\w-])`).test(cited);
}

/** Printable ASCII without what makes markup, and the punctuation of printed English. */
const READABLE = /[^\x20-\x7e‘’“”–—…]|[<>[\]{}|\\`^~*#]/gu;

/** Characters that are not plain Latin, unless the same character stands in a cited text and is a letter. */
function unreadable(text: string, { texts }: Support): string[] {
  return matches(text, READABLE).filter(
    (character) => !/\p{L}/u.test(character) || !texts.join('').includes(character),
  );
}

const UNITS =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety';
const POWERS = 'hundreds?|thousands?|millions?|billions?|trillions?|grand|dozens?';
const SHARES =
  'half|halves|halved?|thirds|quarters?|fifths?|sixths?|tenths?|twice|thrice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|couple';
/** Numbers of the languages a model most easily slips into, without words that English has too. */
const ELSEWHERE =
  'zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig|dreissig|dreißig|hundert|tausend|millionen|deux|trois|quatre|cinq|huit|neuf|dix|vingt|trente|cent|mille|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cien|ciento|mil|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti|cento|dois|três|quatro|sete|oito|dez|vinte';
const SPELLED = new RegExp(
  `^(?:(?:${UNITS}|${TENS}|${POWERS})(?:and)?)+$|^(?:${SHARES}|${ELSEWHERE})$|^[a-z]+fold$|^(?:${UNITS}|${TENS})th?s$`,
  'i',
);
/** Roman numbers of two letters or more, in capitals, as they are written. */
const ROMAN = /^(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

function spelledNumbers(text: string): string[] {
  const parts = text.replaceAll(/\bone of\b/gi, 'some of').split(/[^\p{L}]+/u);
  return [...parts.filter((word) => SPELLED.test(word) || ROMAN.test(word)), ...matches(text, /\ba third\b/gi)];
}

/** Talk about what the model was told. */
const ORDERS =
  /\b(?:ignore|disregard|override|forget)\b[^.]{0,60}\b(?:instruction|prompt|rule|above|previous)s?\b|\bsystem prompt\b/gi;
/** Digits with nothing but space between them read as one number. */
const APART = /\d\s+\d/gu;

const MONTHS =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b/gi;
/** `may` is a verb unless it is written as a name. */
const MAY = /(?<=\S )May\b/g;
const INITIALS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Months that no cited text names or has a date of. */
function months(text: string, cited: string): string[] {
  return [...matches(text, MONTHS), ...matches(text, MAY)].filter((word) => {
    const at = INITIALS.indexOf(word.slice(0, 3).toLowerCase());
    return at < 0 || !new RegExp(`\\b\\d{4}-${String(at + 1).padStart(2, '0')}(?!\\d)`).test(cited);
  });
}

const MONEY =
  /\b(?:euros?|pounds?|sterling|quid|yen|yuan|renminbi|rupees?|francs?|kron(?:a|or|e|er)|roubles?|rubles?|zloty|pesos?|reais|bitcoins?|cents?|pence|bucks)\b/gi;
/** ISO 4217, as the runtime knows it. */
const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency').filter((code) => code !== 'USD'));

function currencies(text: string): string[] {
  return [...matches(text, MONEY), ...matches(text, /\b[A-Z]{3}\b/g).filter((word) => CODES.has(word))];
}

const PERIODS: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:an|per|each|every) hour\b|\bhourly\b|\/hour\b/gi, /hour/],
  [/\b(?:a|per|each|every) day\b|\bdaily\b|\/day\b/gi, /\bda(?:y|ily)\b/],
  [/\b(?:a|per|each|every) week\b|\bweekly\b|\/week\b/gi, /week/],
  [/\b(?:a|per|each|every) month\b|\bmonthly\b|\/month\b/gi, /month/],
  [/\b(?:a|per|each|every) year\b|\bper annum\b|\byearly\b|\bannual(?:ly|i[sz]ed)?\b|\/year\b/gi, /year|annual/],
];

/** Periods that neither the unit of a cited figure nor a cited text has. */
function periods(text: string, { figures }: Support, cited: string): string[] {
  const known = `${figures.map(({ unit }) => unit).join(' ')} ${cited}`;
  return PERIODS.flatMap(([said, unit]) => (unit.test(known) ? [] : matches(text, said)));
}

/** Capitalised words and compounds that are English, or everybody's names for what AWS sells. */
const EVERYBODYS = new Set(
  'AWS Amazon CloudWatch CPU GPU RAM GB GiB MB MiB TB TiB IOPS USD US API SLA VPC NAT IP AZ AZs SQL HTTP HTTPS DNS CLI ID IDs OS SSD HDD I Savings Plan Plans Reserved Instance Instances Spot Graviton Linux Windows Kubernetes EC2 S3 RDS EKS EBS ECS EFS ELB SNS SQS KMS IAM ECR FSx Lambda DynamoDB Aurora Redis Valkey MySQL PostgreSQL ElastiCache OpenSearch Redshift Kinesis Fargate CloudFront Route Cost Optimization Hub Compute Optimizer Multi-AZ Single-AZ'.split(
    ' ',
  ),
);
const COMPOUNDS = new Set(
  'on-demand non-production pre-production right-size right-sizing right-sized over-provisioned under-used under-utilised under-utilized long-term short-term long-running end-of-life end-of-support out-of-support pay-as-you-go low-risk medium-risk high-risk low-effort medium-effort high-effort low-priority high-priority month-to-date month-end year-end up-to-date day-to-day business-critical cost-effective previous-generation current-generation general-purpose self-managed read-only re-check re-run well-known follow-up roll-back trade-off so-called and/or'.split(
    ' ',
  ),
);

/** Names, paths and compounds that no cited text has; the first word of a sentence may have a capital. */
function names(text: string, { texts }: Support): string[] {
  const known = new Set(
    texts.flatMap((source) => source.split(/\s+/).flatMap((word) => [bare(word), ...word.split(/[^\p{L}\p{N}]+/u)])),
  );
  const words = text.split(/\s+/);
  return words.map(bare).filter((word, at) => {
    if (word === '' || /\d/.test(word) || known.has(word) || CALENDAR.test(word)) return false;
    if (JOINED.test(word)) return !COMPOUNDS.has(word.toLowerCase()) && !EVERYBODYS.has(word);
    const begins = at === 0 || /[.!?:][”"’']?$/.test(words[at - 1] ?? '');
    return (begins ? /.[A-Z]/ : /[A-Z]/).test(word) && !EVERYBODYS.has(word);
  });
}

/** Judged as months and days. */
const CALENDAR = new RegExp(`^(?:${MONTHS.source}|May)$`, 'i');
const JOINED = /[A-Za-z][_./:@=&+-]+[A-Za-z]/;

const bare = (word: string): string => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$|[’']s$/gu, '');

const matches = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];
