import type { Report } from '../model.ts';
import { markdown } from './text-safety.ts';

/** What AWS itself says of the same resources, one row each; nothing when no service of AWS was asked. */
export function opinionsText({ second_opinions: { asked, opinions } }: Report): string {
  if (asked.length === 0) return '';
  const rows = opinions.map((one) =>
    row([
      one.verdict,
      one.id,
      one.source === undefined ? '' : `${one.source}: ${one.says ?? ''}`,
      one.rules.join(', '),
      one.aws_usd_month ?? '',
      one.our_usd_month ?? '',
      `${one.reason}: ${one.detail}${one.flag === undefined ? '' : `. AWS ${one.flag}`}`,
    ]),
  );
  return [
    '## Second opinions',
    '',
    `${asked.join(', ')} answered. What AWS advises is in no total of ours.`,
    '',
    ...HEAD,
    ...rows,
  ].join('\n');
}

const HEAD = ['| who | resource | AWS | rules | AWS USD/month | ours | why |', '|---|---|---|---|---:|---:|---|'];

const row = (cells: readonly string[]): string => `| ${cells.map(markdown).join(' | ')} |`;
