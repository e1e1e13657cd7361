import type { Report } from '../model.ts';
import { commitmentLead, heldText, optionName, unknownText } from './commitment-words.ts';
import { markdown } from './text-safety.ts';

/** What to commit to once all other advice is followed, one row a purchase; nothing when the bill has nothing to cover. */
export function commitmentsText(report: Report): string {
  const { commitments, claims } = report;
  if (commitments === undefined) return '';
  const rows = commitments.options.flatMap((option) =>
    option.purchases.map((one) =>
      row([
        `${optionName(option)}${option.counted ? ' (counted)' : ''}`,
        one.scope,
        one.commitment,
        one.saving,
        `${one.utilisation} %`,
        one.break_even_month,
        one.saving_at_less_use,
        claims.find((claim) => claim.id === one.claim)?.confidence ?? '',
      ]),
    ),
  );
  const unknown = unknownText(commitments.unknown);
  return [
    '## Commitments',
    '',
    markdown(commitmentLead(commitments, report)),
    '',
    ...heldText({ held: commitments.held, claims }).map((text) => `- ${markdown(text)}`),
    ...(rows.length === 0 ? [] : ['', ...HEAD, ...rows]),
    ...(unknown === '' ? [] : ['', markdown(unknown)]),
  ].join('\n');
}

const HEAD = [
  '| purchase | for | commitment | saves USD/month | used | break-even month | at 20 % less use | confidence |',
  '|---|---|---:|---:|---:|---:|---:|---:|',
];

const row = (cells: readonly string[]): string => `| ${cells.map(markdown).join(' | ')} |`;
