import { findService, INTENTS, type Route, routeQuestion, type Rule, rulesOf } from '@infrafabric/finops';
import type { Claim, SessionRequest } from '@infrafabric/protocol';
import type { Answer, Report, ReportFinding } from './model.ts';

/** What an answer is chosen from. */
interface Answerable {
  readonly claims: readonly Claim[];
  readonly findings: readonly ReportFinding[];
  readonly notes: Report['notes'];
  /** Every rule, to know which judge a service. */
  readonly rules: readonly Rule[];
}

/** Findings an answer shows; the report has them all. */
const FINDINGS = 10;

/**
 * The answer to the question of a session, by its words alone: what it was read as, and the claims that answer it, or why none does
 * and what could be asked. Nothing without a question.
 */
export function answerOf(
  { question, as_of }: Pick<SessionRequest, 'question' | 'as_of'>,
  from: Answerable,
): { readonly answer?: Answer } {
  if (question === null) return {};
  const route = routeQuestion(question, as_of);
  const { intent } = route;
  if (intent === undefined) {
    const unanswered = 'no word of the question says what it is about';
    return {
      answer: { intent: 'none', read_as: 'nothing that can be answered', claims: [], unanswered, can_answer: CAN },
    };
  }
  const claims = claimsFor(intent, route, from).map(({ id }) => id);
  const unanswered = claims.length === 0 ? { unanswered: reasonOf(intent, from) } : {};
  return { answer: { intent, read_as: readAs(intent, route), claims, ...unanswered } };
}

const CAN = Object.values(INTENTS);

type Intent = NonNullable<Route['intent']>;

function readAs(intent: Intent, { service, month, region, account, tag, by, count }: Route): string {
  const slots = {
    service,
    month,
    region,
    account,
    tag: tag === undefined ? undefined : [tag.key, tag.value].filter((part) => part !== undefined).join('='),
    by,
    'at most': count,
  };
  const said = Object.entries(slots).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return [INTENTS[intent], ...said].join('; ');
}

function claimsFor(intent: Intent, route: Route, from: Answerable): Claim[] {
  const { claims } = from;
  const topic = (...starts: string[]): Claim[] =>
    claims
      .filter((claim) => starts.some((start) => claim.topic === start || claim.topic.startsWith(`${start}/`)))
      .toSorted(byTopic);
  if (intent === 'movers') return [...topic('answer'), ...topic('trend/fastest')];
  if (intent === 'anomaly') return anomaliesFor(route, topic('anomaly'));
  if (intent === 'forecast') return topic('forecast');
  if (intent === 'budget') return topic('budget', 'forecast');
  if (intent === 'savings' || intent === 'idle' || intent === 'lifecycle') return findingClaims(intent, route, from);
  return topic('answer');
}

const byTopic = (a: Claim, b: Claim): number => Number(a.topic > b.topic) - Number(a.topic < b.topic);

/** Anomalies of the service and month asked for, the dearest first; their summary too when no service is. */
function anomaliesFor({ service, month }: Route, claims: readonly Claim[]): Claim[] {
  const summary = service === undefined ? claims.filter(({ topic }) => topic === 'anomaly/summary') : [];
  const events = claims
    .filter(({ topic }) => topic !== 'anomaly/summary')
    .filter((claim) => isOf(claim, service) && isIn(claim, month))
    .toSorted((a, b) => impactOf(b) - impactOf(a));
  return [...summary, ...events];
}

const impactOf = ({ figures }: Claim): number => Math.abs(Number(figures[0]?.value ?? 0));

function isOf({ figures }: Claim, service: string | undefined): boolean {
  const filter = figures[0]?.derivation.params['filter'];
  const label =
    typeof filter === 'object' && filter !== null && 'ServiceName' in filter ? filter['ServiceName'] : undefined;
  return service === undefined || (typeof label === 'string' && findService(label)?.key === service);
}

function isIn({ figures }: Claim, month: string | undefined): boolean {
  const { from, to } = figures[0]?.derivation.params ?? {};
  if (month === undefined || typeof from !== 'string' || typeof to !== 'string') return true;
  return from.slice(0, 7) <= month && month <= to.slice(0, 7);
}

function findingClaims(intent: Intent, { service }: Route, { claims, findings, rules: all }: Answerable): Claim[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const rules = service === undefined ? undefined : new Set(rulesOf({ key: service }, all).map(({ id }) => id));
  return findings
    .filter((finding) => rules === undefined || rules.has(finding.rule))
    .filter((finding) => {
      if (intent === 'idle') return finding.step === 'terminate';
      return intent === 'lifecycle' ? isLifecycle(finding) : finding.net !== undefined;
    })
    .toSorted(
      (a, b) => Number(b.net?.effective ?? 0) - Number(a.net?.effective ?? 0) || (b.severity ?? 0) - (a.severity ?? 0),
    )
    .slice(0, FINDINGS)
    .flatMap(({ claim }) => (claim === undefined ? [] : (byId.get(claim) ?? [])));
}

const isLifecycle = ({ role, rule }: ReportFinding): boolean =>
  role === 'upgrade-risk' || rule.includes('extended-support');

function reasonOf(intent: Intent, { claims, findings, notes }: Answerable): string {
  const said = notes.find(({ code }) => code === 'QUESTION_UNANSWERED');
  if (said !== undefined) return said.detail;
  const needsBill = !['savings', 'idle', 'lifecycle'].includes(intent);
  if (needsBill && !claims.some(({ topic }) => topic.startsWith('spend/'))) {
    return 'it takes a bill (--bill) and the budget agent, and this analysis had not both';
  }
  if (!needsBill && findings.length === 0) return 'nothing was found; see the coverage for what was looked at';
  return 'nothing in this analysis is about that';
}
