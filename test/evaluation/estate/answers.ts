import type { JsonObject } from '@infrafabric/protocol';
import { ACCOUNT, type MetricLine, type Piece, type Planned } from './planned.ts';

/** One file of an estate directory: an answer of AWS, with what was asked. */
export interface AnswerFile {
  readonly path: string;
  readonly region: string;
  readonly client: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Items of an answer; AWS gives pages of up to a thousand. */
const PAGE = 1_000;

/** The answers of AWS about an estate, in pages. */
export function answersOf(resources: readonly Planned[]): AnswerFile[] {
  const pieces = resources.flatMap((one) => one.pieces.map((piece) => ({ piece, region: one.region })));
  const groups = Map.groupBy(pieces, ({ piece, region }, at) => groupOf(piece, region, at));
  return [...groups.values()].flatMap((group) =>
    pagesOf(
      group[0]!.region,
      group.map(({ piece }) => piece),
    ),
  );
}

const groupOf = ({ client, operation, member }: Piece, region: string, at: number): string =>
  `${region} ${client}.${operation} ${member ?? at}`;

function pagesOf(region: string, pieces: readonly Piece[]): AnswerFile[] {
  const { client, operation, member, input = {} } = pieces[0]!;
  const answer = (body: JsonObject, page: string): AnswerFile => ({
    path: `${ACCOUNT}/${region}/${client}.${operation}.${page}.json`,
    region,
    client,
    operation,
    input,
    body,
  });
  if (member === undefined) return pieces.map((piece) => answer(piece.item, nameOf(piece)));
  return Array.from({ length: Math.ceil(pieces.length / PAGE) }, (_, page) =>
    answer({ [member]: pieces.slice(page * PAGE, (page + 1) * PAGE).map((piece) => piece.item) }, String(page)),
  );
}

/** What an answer about one thing is called: the last part of the only id in it. */
function nameOf({ input, item }: Piece): string {
  const [asked] = Object.values(input ?? {});
  const id = asked ?? /"(?:TableName|nodegroupName)":"([^"]+)"/.exec(JSON.stringify(item))?.[1] ?? '0';
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The metric lines of an estate by region. */
export const metricsOf = (resources: readonly Planned[]): ReadonlyMap<string, readonly MetricLine[]> =>
  new Map(
    [...Map.groupBy(resources, (one) => one.region)].map(([region, members]) => [
      region,
      members.flatMap((one) => one.lines),
    ]),
  );
