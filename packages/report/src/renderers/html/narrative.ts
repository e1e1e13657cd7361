import type { Narrative, Sentence } from '../../narrative/model.ts';
import { figureDetails } from './figures.ts';
import { code, counted, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

/** What a model wrote, said to be so, each sentence with the claims it stands on; nothing without a model. */
export function narrativeSection(view: View, narrative: Narrative | undefined): string {
  if (narrative === undefined) return '';
  const { question, summary, explanations, gaps } = narrative;
  const body = [
    '<div class="card">',
    `<p class="soft">${originText(narrative)}</p>`,
    question === undefined
      ? ''
      : `<p><b>Asked:</b> ${foreign(question.asked)}<br><span class="soft">The model read it as: ${foreign(question.read_as)}</span></p>`,
    ...summary.map((sentence) => sentenceText(sentence, view)),
    explanations.length === 0 ? '' : '<h3>The largest findings, explained</h3>',
    ...explanations.map(({ finding, sentences }) => explanationText(finding, sentences, view)),
    ...gaps.map(({ code: what, detail }) => `<p class="say"><b>Not written.</b> ${code(what)} ${foreign(detail)}</p>`),
    '</div>',
  ].join('');
  return section('words', 'In words', 'by a model', body);
}

/** Whose words these are, and what they are worth. */
function originText({ provider, model, refused, spent }: Narrative): string {
  const left =
    refused === 0
      ? 'None was left out'
      : `${counted(refused, 'sentence')} did not and ${refused === 1 ? 'is' : 'are'} left out`;
  const who =
    provider === 'fake' ? `a test double of ${code(model)} on this machine` : `${code(model)} (${foreign(provider)})`;
  return `Written by ${who} for ${grouped(spent.usd)} USD. It is no evidence. A sentence is shown when every number, date and name in it stands in a claim it cites; what it makes of them is its own. ${left}.`;
}

/** A sentence over one fold: what the claims it cites say, and the figures of the first. */
function sentenceText({ text, claims }: Sentence, view: View): string {
  const cited = claims.flatMap((id) => view.claims.get(id) ?? []);
  const said = cited.map(({ statement }) => `<li>${foreign(statement)}</li>`).join('');
  const proof = `<ul>${said}</ul>${figureDetails(cited.slice(0, 1), view)}`;
  return `<p class="say">${foreign(text)}</p><details><summary>It stands on ${counted(cited.length, 'claim')}</summary>${proof}</details>`;
}

function explanationText(id: string, sentences: readonly Sentence[], view: View): string {
  const finding = [...view.savings, ...view.advice].find((one) => one.id === id);
  if (finding === undefined) return '';
  const { resource, rule } = finding;
  return [
    `<details><summary>${code(rule)} ${foreign(resource.name ?? resource.id)} <span class="soft">${foreign(resource.region)}</span></summary>`,
    ...sentences.map((sentence) => sentenceText(sentence, view)),
    '</details>',
  ].join('');
}
