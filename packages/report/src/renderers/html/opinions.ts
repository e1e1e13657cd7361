import type { Report } from '../../model.ts';
import { figureDetails } from './figures.ts';
import { cell, code, counted, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

type Opinion = Report['second_opinions']['opinions'][number];

/** Opinions with a row of their own, and those with figures in the page; report.json has all. */
const SHOWN = 300;
const WITH_FIGURES = 60;

const VERDICTS: Readonly<Record<Opinion['verdict'], string>> = {
  agree: 'Both',
  'only-aws': 'Only AWS',
  'only-us': 'Only us',
};

const WORDS: Readonly<Record<Opinion['verdict'], string>> = {
  agree: 'both of us',
  'only-aws': 'only AWS',
  'only-us': 'only us',
};

const SOURCES: Readonly<Record<NonNullable<Opinion['source']>, string>> = {
  CostOptimizationHub: 'Cost Optimization Hub',
  ComputeOptimizer: 'Compute Optimizer',
  TrustedAdvisor: 'Trusted Advisor',
};

/** What AWS itself says of the same resources: both, only AWS, only us, each with the reason. */
export function opinionsSection(view: View): string {
  const { asked, opinions } = view.report.second_opinions;
  if (asked.length === 0) return '';
  const count = (verdict: Opinion['verdict']): number => opinions.filter((one) => one.verdict === verdict).length;
  const sums = (['agree', 'only-aws', 'only-us'] as const).map((verdict) => `${WORDS[verdict]} ${count(verdict)}`);
  const rows = opinions.slice(0, SHOWN).map((one, at) => row(one, view, at < WITH_FIGURES));
  const more = opinions.length - rows.length;
  const body = [
    `<p class="lead soft">${asked.map((one) => SOURCES[one]).join(', ')} answered: ${sums.join(', ')}. What AWS advises is in no total of ours; its amounts stand here as it states them.</p>`,
    '<div><p class="filter" hidden><label>Search <input type="search" autocomplete="off"></label><output></output></p>',
    '<table class="stack" data-sort><thead><tr><th scope="col">Who</th><th scope="col">Resource</th><th scope="col">Why</th><th class="num" scope="col">AWS USD/month</th><th class="num" scope="col">Ours USD/month</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
    more > 0 ? `<p class="lead">And ${counted(more, 'more', 'more')}: see report.json.</p>` : '',
  ].join('');
  return section('opinions', 'Second opinions', 'what AWS says', body);
}

function row(one: Opinion, view: View, withFigures: boolean): string {
  const { verdict, reason, detail, id, type, region, account, source, says, rules, findings, flag } = one;
  const word = source === undefined ? '' : `<p>${SOURCES[source]}: ${foreign(says ?? '')}</p>`;
  const ours = findings.length === 0 ? '' : `<div class="where">${rules.map(code).join('')}</div>`;
  const flagged = flag === undefined ? '' : `<p class="flag">AWS ${foreign(flag)}</p>`;
  const proof = withFigures ? figureDetails([view.claims.get(one.aws_claim ?? '')], view) : '';
  return [
    '<tr>',
    cell('Who', `<span class="pill ${verdict}">${VERDICTS[verdict]}</span>`, { key: verdict }),
    cell(
      'Resource',
      `<span class="id">${code(id)}</span>${word}<div class="where"><span>${foreign(type)}</span><span>${foreign(region)}</span><span>${foreign(account)}</span></div>${ours}${proof}`,
      { kind: 'what', key: id },
    ),
    cell('Why', `${code(reason)}<p>${foreign(detail)}</p>${flagged}`, { kind: 'why', key: reason }),
    amount('AWS USD/month', one.aws_usd_month),
    amount('Ours USD/month', one.our_usd_month),
    '</tr>',
  ].join('');
}

const amount = (label: string, usd: string | undefined): string =>
  cell(label, usd === undefined ? '' : grouped(usd), { kind: 'num', key: usd ?? '-1' });
