/** What a question may be about, and what it is answered with. */
export const INTENTS = {
  change: 'why cost changed: month against month, price against quantity, and where',
  movers: 'what changed most, and what grows fastest',
  trend: 'the trend of the last 7 and 30 days',
  total: 'what something costs, in all or in a month',
  breakdown: 'cost by service, account, region, usage type, tag or resource',
  top: 'the dearest services, accounts, regions, usage types or resources',
  anomaly: 'what stands out of the course of cost',
  forecast: 'how the month is expected to end',
  budget: 'whether a budget holds',
  savings: 'what can be saved',
  idle: 'what is idle or unused',
  lifecycle: 'what ends, costs extended support or breaks with an upgrade',
} as const;

/** One of the things a question may be about. */
export type Intent = keyof typeof INTENTS;

/** Which intent a question has, by its words; the first that fits counts, so what is more special stands before what is less. */
const SIGNS: readonly (readonly [Intent, RegExp])[] = [
  [
    'anomaly',
    /\banomal|\bspik|\bunusual|\bunexpected|\bstands? out\b|\bstrange\b|\bsuspicious|\bout of the ordinary\b|\bodd\b/,
  ],
  ['budget', /\bbudget(?!s? (?:service|product))|\boverspend|\bover ?budget\b/],
  [
    'forecast',
    /\bforecast|\bpredict|\bprojec(?:t|tion)|\bexpect(?:ed)? to (?:be|end|spend|cost)|\bend of (?:the |this )?month\b|\bmonth[- ]end\b|\bnext (?:month|30 days)\b|\bwill .*\b(?:cost|spend|end|be|pay)\b/,
  ],
  [
    'idle',
    /\bidle\b|\bunused\b|\bunder-?utili[sz]ed\b|\borphan|\bunattached\b|\bnot (?:being )?used\b|\bzombie|\bdoing nothing\b|\bforgotten\b/,
  ],
  [
    'lifecycle',
    /\bend[- ]of[- ](?:life|support)\b|\beol\b|\bextended support\b|\bdeprecat|\boutdated\b|\bupgrad|\bout of support\b/,
  ],
  [
    'savings',
    /\bsav(?:e|ed|ing|ings)\b(?! plans?)|\breduce\b|\bcut\b|\bcheaper\b|\boptimi[sz]|\brecommend|\bright-?siz|\bwast(?:e|ed|ing)\b|\blower (?:the |our |my )?(?:bill|cost)|\boversized\b/,
  ],
  [
    'trend',
    /\btrend|\b(?:last|past|previous) (?:\d+|seven|thirty) days\b|\b(?:last|past|this) week\b|\bweek over week\b|\bover time\b|\bweekly\b/,
  ],
  [
    'movers',
    /\bmovers?\b|\b(?:grew|grow|grows|growing|rose|increased|changed|rising|fell|dropped|shrank) (?:the )?(?:most|fastest|quickest)\b|\bfastest[- ]grow|\b(?:biggest|largest|top) (?:increase|change|growth|jump|drop|decrease)/,
  ],
  [
    'change',
    /\bwhy\b|\bgr(?:ow|ew|own|owth)\b|\bincreas|\bdecreas|\bris(?:e|en|ing)\b|\brose\b|\bfell\b|\bdrop|\bchang|\bdrivers?\b|\bdriv(?:e|es|ing|en)\b|\bcompar|\bversus\b|\bvs\b|\bmonth over month\b|\bmom\b|\b(?:more|less) expensive\b|\bgo(?:ne)? (?:up|down)\b|\bwent (?:up|down)\b|\bdifferen|\bjump|\bhigher\b|\bcaused?\b/,
  ],
  [
    'top',
    /\btop\b|\b(?:most|more) expensive\b|\bdearest\b|\b(?:biggest|largest|highest)\b|\bcosts? (?:us |me )?(?:the )?most\b|\bmost money\b/,
  ],
  [
    'breakdown',
    /\b(?:by|per|each|every|across|split by|group(?:ed)? by) (?:service|account|region|usage|tag|resource|instance|team|product)|\bbreak ?down\b|\bwhere (?:does|did|do|is|has) .*\b(?:money|spend|budget|bill|go|going|gone)\b|\bwhich (?:service|account|region|resource|usage)|\bwhat (?:services|accounts|regions|resources)\b|\bdistribution\b|\bby tag\b/,
  ],
  [
    'total',
    /\bhow much\b|\btotal\b|\bcosts?\b|\bspend(?:ing)?\b|\bspent\b|\bbill(?:ed)?\b|\bpay(?:ing)?\b|\bpaid\b|\bcharged?\b/,
  ],
];

/** The intent of a question in lower case; `undefined` when no word of it is one we know. */
export function intentOf(question: string): Intent | undefined {
  return SIGNS.find(([, sign]) => sign.test(question))?.[0];
}
