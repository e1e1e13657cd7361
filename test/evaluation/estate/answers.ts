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

/** The answers of AWS about an estate: lists in pages, everything else as an answer of its own. */
export function answersOf(resources: readonly Planned[]): AnswerFile[] {
  const pieces = resources.flatMap((one) => one.pieces.map((piece) => ({ piece, region: one.region })));
  const alone = pieces.filter(({ piece }) => piece.member === undefined);
  const lists = Map.groupBy(
    pieces.filter(({ piece }) => piece.member !== undefined),
    ({ piece, region }) => `${region} ${piece.client}.${piece.operation} ${piece.member}`,
  );
  return [
    ...[...lists.values()].flatMap((list) =>
      pagesOf(
        list[0]!.region,
        list.map(({ piece }) => piece),
      ),
    ),
    ...alone.map(({ piece, region }, at) => fileOf({ piece, region, page: `of-${at}`, body: piece.item })),
  ];
}

function pagesOf(region: string, pieces: readonly Piece[]): AnswerFile[] {
  const piece = pieces[0]!;
  return Array.from({ length: Math.ceil(pieces.length / PAGE) }, (_, page) => {
    const items = pieces.slice(page * PAGE, (page + 1) * PAGE).map((one) => one.item);
    return fileOf({ piece, region, page: String(page), body: { [piece.member ?? '']: items } });
  });
}

interface Page {
  readonly piece: Piece;
  readonly region: string;
  readonly page: string;
  readonly body: JsonObject;
}

function fileOf({ piece: { client, operation, input = {} }, region, page, body }: Page): AnswerFile {
  return { path: `${ACCOUNT}/${region}/${client}.${operation}.${page}.json`, region, client, operation, input, body };
}

/** The metric lines of an estate by region, of regions that have some. */
export const metricsOf = (resources: readonly Planned[]): ReadonlyMap<string, readonly MetricLine[]> =>
  new Map(
    [...Map.groupBy(resources, (one) => one.region)]
      .map(([region, members]) => [region, members.flatMap((one) => one.lines)] as const)
      .filter(([, lines]) => lines.length > 0),
  );
