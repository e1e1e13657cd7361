import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { proofOf, RULES } from '@infrafabric/runtime';
import { NO_MOTO } from '../live/moto.ts';
import { motoReports } from './account/account.ts';
import { type Counts, type CountsByInput, PROOF_FILE, proofTable, proofText, VERDICTS_FILE } from './proof.ts';
import { countsByRule, DAY, NO_RECORDED, OTHER_DAYS, recordedReport, verdictLines } from './recorded.ts';
import { ROOT } from './run.ts';

/** `pnpm rules:prove`: judges what others recorded and an account on an emulator, and writes what each rule said. Counts of an absent input stay. */
const recorded = NO_RECORDED === '' ? await onRecorded() : kept('recorded');
const other_days = NO_RECORDED === '' ? await onOtherDays() : kept('other_days');
const moto = NO_MOTO === '' ? countsByRule(await motoReports()) : kept('moto');
console.log(`recorded answers${NO_RECORDED}, an account on moto${NO_MOTO}`);
writeFileSync(join(ROOT, PROOF_FILE), proofText(proofTable({ recorded, other_days, moto })));

async function onRecorded(): Promise<Counts> {
  const report = await recordedReport(DAY);
  writeFileSync(join(ROOT, VERDICTS_FILE), `${verdictLines(report).join('\n')}\n`);
  return countsByRule([report]);
}

async function onOtherDays(): Promise<Counts> {
  const reports = [];
  for (const day of OTHER_DAYS) reports.push(await recordedReport(day));
  return countsByRule(reports);
}

function kept(input: keyof CountsByInput): Counts {
  return Object.fromEntries(RULES.map(({ id }) => [id, proofOf(id)[input]]));
}
