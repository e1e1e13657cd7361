import type { Report } from '../model.ts';
import type { Narrative } from '../narrative/model.ts';
import type { Renderer } from './catalogue.ts';
import { actionPlanSection } from './html/action-plan.ts';
import { adviceSection } from './html/advice.ts';
import { answerSection } from './html/answer.ts';
import { asideSection } from './html/aside.ts';
import { coverageSection } from './html/coverage.ts';
import { headline, seal } from './html/headline.ts';
import { inputsSection } from './html/inputs.ts';
import { challengesSection } from './html/challenges.ts';
import { commitmentsSection } from './html/commitments.ts';
import { counted, foreign } from './html/markup.ts';
import { narrativeSection } from './html/narrative.ts';
import { opinionsSection } from './html/opinions.ts';
import { missingSection } from './html/missing.ts';
import { outlookSection } from './html/outlook.ts';
import { savingsSection } from './html/savings.ts';
import { SCRIPT, SCRIPT_HASH } from './html/script.ts';
import { spendSection } from './html/spend.ts';
import { STYLE } from './html/style.ts';
import { verificationSection } from './html/verification.ts';
import { viewOf } from './html/view.ts';
import { html } from './text-safety.ts';

/** report.html: one file that opens offline, asks no server for anything, and is whole without its script. */
export const htmlRenderer: Renderer = {
  format: 'html',
  path: 'report.html',
  render: page,
};

function page(report: Report, narrative?: Narrative): string {
  const view = viewOf(report);
  const sections = [
    narrativeSection(view, narrative),
    answerSection(view),
    spendSection(view),
    outlookSection(view),
    actionPlanSection(view),
    savingsSection(view),
    commitmentsSection(view),
    adviceSection(view),
    challengesSection(view),
    asideSection(view),
    opinionsSection(view),
    missingSection(view),
    coverageSection(view),
    inputsSection(view),
    verificationSection(view),
  ].filter((one) => one !== '');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>Cloud cost report as of ${html(report.as_of)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    headline(view),
    `<nav aria-label="Sections">${links(sections)}</nav>`,
    seal(),
    `<main>${sections.join('\n')}</main>`,
    footer(report),
    `<script>${SCRIPT}</script>`,
    '</body></html>\n',
  ].join('\n');
}

/** A link to each heading of the page. */
function links(sections: readonly string[]): string {
  const headings = sections.flatMap((one) => [...one.matchAll(/<section id="([a-z]+)"><h2>([^<]+?)(?: <|<)/g)]);
  return headings.map(([, id, title]) => `<a href="#${id}">${title}</a>`).join('');
}

function footer({ plan, request, format }: Report): string {
  const agents = request.roles.map((role) => foreign(role)).join(', ');
  return `<footer>${counted(plan.tasks.length, 'task')} planned by rule, done by ${agents}. No model wrote a number. The same report is in report.json (${html(format)}), report.md and findings.csv.</footer>`;
}
