import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { focusFile } from '../../demo/focus.ts';
import { answersOf, metricsOf } from './answers.ts';
import { billOfEstate } from './bill.ts';
import type { Estate } from './estate.ts';
import { ACCOUNT, AS_OF } from './planned.ts';

/** Writes an estate as `collect` would (`<folder>/estate`) and its bill (`<folder>/bill.csv`). */
export function writeEstate(folder: string, { resources, terms }: Estate): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const answers = answersOf(resources);
  for (const { path, body } of answers) write(`estate/${path}`, JSON.stringify(body));
  for (const [region, lines] of metricsOf(resources))
    write(`estate/${ACCOUNT}/${region}/metrics.ndjson`, ndjson(lines));
  const requests = answers.map(({ path, client, operation, input }) => ({
    file: path,
    client,
    operation,
    input,
    status: 200,
    at: `${AS_OF}T00:00:00Z`,
  }));
  write('estate/requests.ndjson', ndjson(requests));
  write('bill.csv', focusFile(billOfEstate(resources, terms)));
}

const ndjson = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
