import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeEstate } from './estate/estate.ts';
import { shortcomings } from './gate.ts';
import { judgeEstate } from './judged.ts';
import { print } from './print.ts';
import { addScore, openScore } from './score.ts';
import { summaryOf } from './summary.ts';

/**
 * `pnpm evaluate [--estates N] [--resources N] [--seed S] [--mistakes] [--check | --write]`: generated estates whose waste is
 * known from what their machines did, judged by the product; prints how often it is right, and by how many dollars.
 *
 * `--check` fails when a bar is missed or a rule is worse than baseline.json says; `--write` writes baseline.json.
 */
const { values } = parseArgs({
  options: {
    estates: { type: 'string', default: '3' },
    resources: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    mistakes: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const BASELINE = join(import.meta.dirname, 'baseline.json');
const score = openScore();
let resources = 0;
for (let n = 0; n < Number(values.estates); n += 1) {
  const estate = makeEstate(values.seed, n, Number(values.resources));
  resources += estate.resources.length;
  addScore(score, estate, await judgeEstate(estate));
}
print(score, { estates: Number(values.estates), resources, seed: values.seed, withMistakes: values.mistakes });
const summary = summaryOf(score);
if (values.write) {
  const { rules, roles, all, net, shares } = summary;
  writeFileSync(BASELINE, `${JSON.stringify({ rules, roles, all, net, shares }, null, 2)}\n`);
}
if (values.check) {
  const found = shortcomings(summary, JSON.parse(readFileSync(BASELINE, 'utf8')));
  for (const one of found) console.error(one);
  if (found.length > 0) process.exitCode = 1;
}
