import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { proofOf, RULES, type VerdictCounts } from '@infrafabric/runtime';
import { PROOF_FILE, proofTable, proofText, VERDICTS_FILE } from './proof.ts';
import { countsByRule, DAYS, NO_RECORDED, recordedReport, verdictLines } from './recorded.ts';
import { ROOT } from './run.ts';

/** `pnpm rules:prove`: judges what others recorded and an account on an emulator, and writes what each rule said. Counts of an absent input stay. */
const recorded = NO_RECORDED === '' ? await onRecorded() : kept('recorded');
const moto = kept('moto');
console.log(`recorded answers${NO_RECORDED}`);
writeFileSync(join(ROOT, PROOF_FILE), proofText(proofTable(recorded, moto)));

async function onRecorded(): Promise<Record<string, VerdictCounts>> {
  const reports = [];
  for (const day of DAYS) reports.push(await recordedReport(day));
  const [first] = reports;
  if (first !== undefined) writeFileSync(join(ROOT, VERDICTS_FILE), `${verdictLines(first).join('\n')}\n`);
  return countsByRule(reports);
}

function kept(input: 'recorded' | 'moto'): Record<string, VerdictCounts> {
  return Object.fromEntries(RULES.map(({ id }) => [id, proofOf(id)[input]]));
}
