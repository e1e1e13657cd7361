/** The style of the page: light, dark and print; one column from 390 px up. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f5f4ef;--paper:#fffefb;--ink:#1b1e22;--soft:#5c646d;--line:#e2dfd6;--faint:#eeece5;
--money:#0a6b4c;--money-soft:#cfe6db;--spend:#31598f;--spend-soft:#c9d6e8;--warn:#8f5600;--warn-soft:#f6e6c8;--bad:#a92a22;--bad-soft:#f6d9d5;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans","DejaVu Sans",Arial,sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--ground:#101316;--paper:#171b1f;--ink:#e9e6df;--soft:#9ca5ae;--line:#2c3238;--faint:#20252a;
--money:#5fcea1;--money-soft:#1d4536;--spend:#86aee0;--spend-soft:#263a54;--warn:#e3b35f;--warn-soft:#40321a;--bad:#f08d84;--bad-soft:#4a2320}}
*{box-sizing:border-box}
html{background:var(--ground);scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:2.5rem 1.5rem 4rem;color:var(--ink);font:1rem/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1,h2,h3,p{margin:0}
h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;margin-bottom:1rem}
h3{font-size:.95rem;margin:1.5rem 0 .5rem}
a{color:inherit;text-underline-offset:.2em}
code{font-family:var(--mono);font-size:.86em;overflow-wrap:anywhere}
.aside,.soft,small{color:var(--soft);font-weight:400}
.aside{font-size:.9rem;margin-left:.4em;letter-spacing:0}
small{font-size:.82rem}
section{margin-top:3.25rem;scroll-margin-top:1rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem 1.4rem}
.card>h3:first-child{margin-top:0}
.lead{max-width:46rem;margin-bottom:1rem}.card+.lead,table+p{margin-top:1rem}
.eyebrow{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;justify-content:space-between;font-size:.85rem;color:var(--soft);border-bottom:1px solid var(--line);padding-bottom:.75rem}
.eyebrow b{color:var(--ink)}
.headline{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:2rem 3rem;margin-top:2.25rem;align-items:start}
h1{font-weight:400;font-size:1.15rem;line-height:1.35}
h1 .sum{display:block;font-size:clamp(2.7rem,8vw,4.75rem);line-height:1;font-weight:680;letter-spacing:-.035em;color:var(--money);margin-bottom:.6rem;white-space:nowrap}
h1 .sum small{font-size:.3em;font-weight:500;letter-spacing:0;color:var(--soft);margin-left:.35em}
.ledger{width:100%;border-collapse:collapse}
.ledger td,.ledger th{padding:.32rem 0;text-align:left;font-weight:400;border:0}
.ledger td{text-align:right;white-space:nowrap;padding-left:1rem}
.ledger .rule td,.ledger .rule th{border-top:1px solid var(--line);font-weight:650}
.ledger .part th{padding-left:1.2rem;color:var(--soft)}
.split{display:block;width:100%;height:.7rem;margin-top:1.5rem;border-radius:.2rem}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;font-size:.88rem;margin-top:.5rem}
.key span::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:.15em;margin-right:.45em;background:var(--money)}
.key .freed::before{background:var(--money-soft)}
.key .spend::before{background:var(--spend)}.key .ahead::before{background:var(--spend-soft)}.key .limit::before{background:var(--bad);width:.2em}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;background:var(--paper);border:1px solid var(--line);border-radius:.75rem;overflow:hidden;margin:2.25rem 0 0}
.facts div{outline:1px solid var(--line);padding:.85rem 1.1rem}
.facts dt{font-size:.8rem;color:var(--soft)}
.facts dd{margin:.1rem 0 0;font-size:1.3rem;font-weight:620;letter-spacing:-.01em}
.facts dd small{display:block;letter-spacing:0}
nav{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin-top:1.5rem;font-size:.9rem}
nav a{text-decoration-color:var(--line)}nav a:hover{text-decoration-color:currentColor}
.seal{margin-top:1.5rem;display:grid;gap:.4rem}
.seal pre,.cmd{margin:0;font:.86rem/1.5 var(--mono);background:var(--faint);border-radius:.4rem;padding:.6rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere}
.seal .blank{border-bottom:1px solid var(--soft);display:inline-block;min-width:14rem}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem;align-items:start;margin-top:1.25rem}
.two>div{display:grid;gap:1.25rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{font-size:.78rem;font-weight:550;color:var(--soft);text-align:left;vertical-align:bottom}
td,th{padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--line)}
td{vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.num{text-align:right;white-space:nowrap}th.num{white-space:normal}
.net{font-weight:650;color:var(--money)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
th button:hover,th[aria-sort] button{color:var(--ink)}
th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
.what{min-width:19rem;max-width:40rem}
.what .id{font-weight:600}
.what p{margin:.15rem 0 .2rem}
.where{font-size:.82rem;color:var(--soft)}
.where>*{margin-right:.85em;white-space:nowrap}.where>code,.where>bdi,.where>.long,.where>.soft{white-space:normal}
.pill{display:inline-block;font-size:.78rem;line-height:1.5;padding:0 .55em;border-radius:1em;background:var(--faint);white-space:nowrap}
.high{background:var(--bad-soft);color:var(--bad)}.medium{background:var(--warn-soft);color:var(--warn)}
details{margin-top:.3rem}
summary{cursor:pointer;font-size:.85rem;color:var(--soft);width:fit-content}
summary:hover{color:var(--ink)}
details[open]>summary{margin-bottom:.5rem}
.proof{font-size:.84rem;overflow-wrap:anywhere}
.figures{background:var(--faint);border-radius:.5rem;margin-bottom:.5rem}
.figures td,.figures th{padding:.45rem .8rem;font-size:inherit}
.figures th{width:9.5rem;font-weight:400;vertical-align:top}.figures th b{display:block;color:var(--ink);font-weight:600;overflow-wrap:normal}
.figures tr:last-child>*{border-bottom:0}
.cites{margin:0;padding:0;list-style:none;color:var(--soft)}
.bars td{padding:.28rem .75rem .28rem 0;border:0;vertical-align:middle}
.bars .label{width:34%;overflow-wrap:anywhere}.bars .bar{width:40%}
.bars svg{display:block;width:100%;height:.8rem}
.days{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.3rem .6rem;font-size:.8rem;color:var(--soft)}
.days .scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right}
.days svg{display:block;width:100%;height:11rem}
.days .axis{grid-column:2;display:flex;justify-content:space-between}
.say{margin-top:.6rem}
.course{margin-top:1.25rem}.moved{font-size:1.6rem;font-weight:640;letter-spacing:-.01em;margin-bottom:.5rem}.moved .soft{font-size:.95rem}
.pill.agree{background:var(--money-soft);color:var(--money)}.pill.only-aws{background:var(--warn-soft);color:var(--warn)}.pill.only-us{background:var(--spend-soft);color:var(--spend)}.flag{color:var(--bad);font-size:.88rem}.why{max-width:24rem}.why p{margin:.15rem 0}
.plan{margin-top:1.25rem}.plan h3{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline;font-size:1.05rem}.plan h3 .aside{margin:0}.plan h3 .sum{margin-left:auto;color:var(--money);font-weight:650}
.plan ol{margin:.75rem 0 0;padding-left:2rem}.plan li{padding:.6rem 0 .6rem .3rem;border-top:1px solid var(--line)}.plan li::marker{color:var(--soft)}
.plan .step{display:flex;gap:1rem;justify-content:space-between;align-items:baseline}.plan .step .net{white-space:nowrap}
.plan details .where{margin-top:.7rem}.plan .cmd{margin:.25rem 0 .5rem;white-space:pre-wrap}
.gauge{display:block;width:100%;height:2.2rem;margin:.6rem 0 .2rem}
svg .spend{fill:var(--spend)}svg .ahead{fill:var(--spend-soft)}svg .cash{fill:var(--money)}svg .freed{fill:var(--money-soft)}
svg .limit{fill:var(--bad)}svg .whisker{fill:var(--ink)}svg .ground{fill:var(--faint)}svg .line{fill:var(--line)}svg .ok{fill:var(--money-soft)}svg .unknown{fill:var(--line)}svg .finding{fill:var(--spend)}
.mix{display:block;width:14rem;max-width:100%;height:.7rem;margin-top:.45rem}
.rule code{white-space:nowrap}
.list{display:grid;gap:.75rem;padding:0;margin:0;list-style:none}
.list li{border-left:3px solid var(--line);padding-left:.9rem}
.list li.gap{border-color:var(--bad)}.list li.note{border-color:var(--warn)}
.filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin-bottom:.75rem;font-size:.9rem}
.filter[hidden]{display:none}
.filter label{display:flex;gap:.6rem;align-items:center}
.filter input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.4rem .7rem;width:20rem;max-width:62vw}
.ids{columns:2;column-gap:2rem;margin:.3rem 0;padding:0;list-style:none;font-size:.84rem}
.proves{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.25rem;margin-top:1.25rem}
.proves ul{margin:0;padding-left:1.1rem}.proves li{margin-bottom:.35rem}
footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
:focus-visible{outline:2px solid var(--spend);outline-offset:2px}
@media (max-width:72rem){
.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stack,.stack tbody{display:block}
.stack>tbody>tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.35rem .9rem;border-bottom:1px solid var(--line);padding:.9rem 0}
.stack>tbody>tr>td{border:0;padding:0;text-align:left;min-width:0;white-space:normal}
.stack>tbody>tr>td::before{content:attr(data-label);display:block;font-size:.72rem;font-weight:400;color:var(--soft)}
.stack>tbody>tr>.what{grid-column:1/-1;min-width:0;max-width:none}
.stack>tbody>tr>.what::before{display:none}
}
@media (max-width:56rem){
body{padding:1.25rem 1rem 3rem}section{margin-top:2.5rem}
.headline,.two,.proves{grid-template-columns:minmax(0,1fr)}
.ids{columns:1}.card{padding:1rem}
.bars tr{display:grid;grid-template-columns:1fr auto;column-gap:.9rem;align-items:center;padding:.35rem 0}
.bars td{padding:0}.bars .label{grid-column:1/-1;width:auto}.bars .bar{width:auto}
h1 .sum small{display:block;font-size:1.05rem;margin:.35rem 0 0}
}
@media print{
:root{--ground:#fff;--paper:#fff}
html{font-size:10px}body{max-width:none;padding:0}
nav,.filter{display:none}
section{margin-top:2rem}h2,h3{break-after:avoid}tr,li,.card{break-inside:avoid}
thead{display:table-header-group}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`.trim();
