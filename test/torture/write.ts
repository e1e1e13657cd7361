import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hitsByPoint } from '../fire/run.ts';
import { figures, type Tortured } from './summary.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Where the figures of the last full run stand in a page: between these lines. */
const BEGIN = '<!-- torture: written by `pnpm torture --write` -->';
const END = '<!-- torture end -->';

/** Puts the figures of a full run into README.md and docs/torture.md. @throws Error when a page has no place for them. */
export function writeFigures(all: Tortured): void {
  const table = [
    '| last full run | |',
    '| --- | --- |',
    ...figures(all).map(([what, value]) => `| ${what} | ${value} |`),
  ];
  const points = all.fired === undefined ? [] : hitsByPoint(all.fired.hits);
  const hits = [
    '',
    '| killed at | times |',
    '| --- | ---: |',
    ...points.map(([point, n]) => `| \`${point}\` | ${n} |`),
  ];
  replaceBlock('README.md', [sentence(all)]);
  replaceBlock('docs/torture.md', [...table, ...hits]);
}

/** The run in one sentence. */
function sentence(all: Tortured): string {
  const of = new Map(figures(all));
  const figure = (what: string): string => of.get(what) ?? 'no';
  return (
    `Last full run: ${figure('date')}, commit ${figure('commit')}: ${figure('simulated seeds')}; ` +
    `${figure('safeguards switched off')} by a seed that breaks a promise without them; ${figure('kill -9')} kill -9 of real processes, ` +
    `${figure('named crash points')}. Lost sessions ${figure('lost sessions')}, broken invariants ${figure('broken invariants')} and ` +
    `${figure('seeds that broke a promise')} in simulation, differing reports ${figure('differing reports')}.`
  );
}

function replaceBlock(page: string, lines: readonly string[]): void {
  const path = resolve(ROOT, page);
  const text = readFileSync(path, 'utf8');
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`expected ${page} to have a place for the figures: ${BEGIN} ... ${END}`);
  writeFileSync(path, `${text.slice(0, from)}${BEGIN}\n\n${lines.join('\n')}\n\n${text.slice(to)}`);
}
