import type { Report } from '../model.ts';
import { challengeLead, outcomeWord, secondCells } from './challenge-words.ts';
import { markdown } from './text-safety.ts';

/** The largest savings as a second agent derived them; nothing where there is no saving. */
export function challengesText({ challenges }: Report): string {
  if (challenges === undefined) return '';
  const rows = challenges.items.map((item) => {
    const cells = [
      outcomeWord(item),
      item.rule,
      `${item.resource.id} in ${item.resource.account}/${item.resource.region}`,
    ];
    const [second, apart, counted] = secondCells(item);
    return row([...cells, item.claimed, second, apart, counted, 'detail' in item ? item.detail : '']);
  });
  return ['## Challenges', '', markdown(challengeLead(challenges)), '', ...HEAD, ...rows].join('\n');
}

const HEAD = [
  '| outcome | rule | resource | claimed list USD/month | second | apart | counted | why |',
  '|---|---|---|---:|---:|---:|---:|---|',
];

const row = (cells: readonly string[]): string => `| ${cells.map(markdown).join(' | ')} |`;
