import { counted, section } from './markup.ts';
import type { View } from './view.ts';

/** How to check the report, and what a check is worth. */
export function verificationSection({ report }: View): string {
  const figures = report.claims.reduce((sum, claim) => sum + claim.figures.length, 0);
  const body = [
    `<p class="lead">The report states ${counted(figures, 'figure')} in ${counted(report.claims.length, 'claim')}. Each names its computation and the place in the evidence it comes from; `,
    'the evidence, every message between the agents and their signatures are in the folder <code>proof</code> beside this file. Verification needs no network.</p>',
    '<p class="cmd">infrafabric verify &lt;this folder&gt; --root &lt;root key id&gt;</p>',
    '<div class="proves"><div class="card"><h3>What it proves</h3><ul>',
    '<li>No byte of this folder changed since the coordinator signed it; nothing was added or taken away.</li>',
    '<li>The keys that signed were vouched for by the root you name.</li>',
    '<li>Every result answers a signed request for exactly the planned task, and this report follows from those results.</li>',
    '<li>Every figure is what its computation gives on the cited evidence, and sentences say no amount or percentage their figures do not.</li>',
    '</ul></div><div class="card"><h3>What it does not prove</h3><ul>',
    '<li>That AWS sent the evidence: it shows the files as they were read, not who wrote them.</li>',
    '<li>That a rule is wise, or a list price still current; tables are dated, and the dates are cited.</li>',
    '<li>That nothing was left out of what the analysis was given.</li>',
    '<li>Anything at all about who signed, when no root is named: then the folder only agrees with itself.</li>',
    '</ul></div></div>',
  ].join('');
  return section('verify', 'How to verify', '', body);
}
