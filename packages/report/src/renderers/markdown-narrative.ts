import { isFinding, type Report } from '../model.ts';
import type { Narrative, Sentence } from '../narrative/model.ts';
import { markdown } from './text-safety.ts';

/** What a model wrote, said to be so, each sentence with the claims it stands on; empty without a model. */
export function narrativeText(report: Report, narrative: Narrative | undefined): string {
  if (narrative === undefined) return '';
  const { provider, model, question, summary, explanations, refused, gaps, spent } = narrative;
  return [
    '## In words, by a model',
    '',
    `Written by ${provider === 'fake' ? `a test double of ${markdown(model)} on this machine` : `${markdown(model)} (${provider})`} for ${spent.usd} USD; no evidence. Every number, date and name stands in a claim that is cited; ${refused} sentences that did not hold are left out.`,
    ...(question === undefined
      ? []
      : ['', `Asked: ${markdown(question.asked)}`, `The model read it as: ${markdown(question.read_as)}`]),
    '',
    ...summary.map(line),
    ...explanations.flatMap(({ finding, sentences }) => [
      '',
      `### ${titleOf(report, finding)}`,
      '',
      ...sentences.map(line),
    ]),
    ...gaps.map(({ code, detail }) => `- Not written: **${markdown(code)}** ${markdown(detail)}`),
  ].join('\n');
}

function line({ text, claims }: Sentence): string {
  const short = claims.map((id) => `\`${id.slice(-12)}\``).join(', ');
  return `- ${markdown(text)} (${short})`;
}

function titleOf({ findings }: Report, id: string): string {
  const finding = findings.filter(isFinding).find((one) => one.id === id);
  return finding === undefined
    ? markdown(id)
    : `${markdown(finding.rule)}: ${markdown(finding.resource.name ?? finding.resource.id)}`;
}
