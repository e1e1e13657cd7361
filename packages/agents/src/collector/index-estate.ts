import {
  type IndexEntry,
  type IndexResult,
  indexAnswer,
  indexMetricsChunk,
  indexTags,
  type InputFile,
  isBudgetAnswer,
  type Opinions,
  readOpinions,
} from '@infrafabric/finops';
import type { Desk } from '../desk.ts';

/** Region of a metrics file that lies outside any region folder: its series are matched by resource id alone. */
export const ANY_REGION = 'any';

interface IndexedFile {
  readonly entries: readonly IndexEntry[];
  readonly unused?: { readonly what: string; readonly reason: string };
  readonly opinions?: Opinions;
}

/** Indexes files of one account, region and client. Answers nothing of ours reads are counted, never an error. */
export async function indexEstate(files: readonly InputFile[], desk: Desk): Promise<IndexResult> {
  const indexed: IndexedFile[] = [];
  for (const file of files) indexed.push(await indexFile(file, desk));
  const entries = indexed.flatMap((file) => file.entries).sort(byPlace);
  const accounts = new Set(entries.map((entry) => entry.account).filter((account) => account !== 'unknown'));
  const said = indexed.flatMap((file) => file.opinions ?? []);
  return {
    kind: 'index',
    entries,
    accounts: [...accounts].sort(),
    unused: countUnused(indexed),
    ...(said.length === 0 ? {} : { opinions: together(said) }),
  };
}

function together(said: readonly Opinions[]): Opinions {
  return {
    opinions: said.flatMap((one) => one.opinions),
    claims: said.flatMap((one) => one.claims),
    asked: said.flatMap((one) => one.asked),
  };
}

async function indexFile(file: InputFile, desk: Desk): Promise<IndexedFile> {
  const where = { region: file.region ?? (file.kind === 'metrics' ? ANY_REGION : 'global'), evidence: file.evidence };
  const account = file.account === undefined ? {} : { account: file.account };
  if (file.kind === 'metrics') {
    const text = new TextDecoder().decode(await desk.bytes(file.evidence));
    return indexMetricsChunk({ text, ...where, ...account });
  }
  if (isBudgetAnswer(file)) return { entries: [] };
  const { client = '', operation = '' } = file;
  const input = file.input === undefined ? {} : { input: file.input };
  const document = await desk.document(file.evidence);
  const answer = { client, operation, ...where, ...account, ...input, document };
  const opinions = readOpinions(answer);
  if (opinions !== undefined) return { entries: [], opinions };
  const tags = indexTags(answer);
  if (tags.length > 0) return { entries: tags };
  const found = indexAnswer(answer);
  if ('unused' in found) return { entries: [], unused: { what: `${client}.${operation}`, reason: found.unused } };
  return found;
}

function countUnused(indexed: readonly IndexedFile[]): IndexResult['unused'] {
  const unused = indexed.map((file) => file.unused).filter((one) => one !== undefined);
  return [...Map.groupBy(unused, (one) => `${one.what} ${one.reason}`)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ what: group[0]?.what ?? '', reason: group[0]?.reason ?? '', answers: group.length }));
}

function byPlace(a: IndexEntry, b: IndexEntry): number {
  const left = `${a.type}|${a.id}|${a.evidence}|${a.pointer}`;
  const right = `${b.type}|${b.id}|${b.evidence}|${b.pointer}`;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
