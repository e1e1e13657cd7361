import { CHALLENGED, Decimal, refuseSameRoad, TOLERANCE_PERCENT } from '@infrafabric/finops';
import { type Citation, type Claim, type Figure, isInfraFabricError } from '@infrafabric/protocol';
import type { Report } from '../model.ts';
import type { Problem } from './problem.ts';

/**
 * Checks that every answer to a challenge says what its figures say, that the distance is the one between the two figures, and
 * that the second figure is another derivation from other evidence. The figures themselves are recomputed elsewhere.
 */
export function checkChallenges({ challenges, claims }: Report, problems: Problem[]): void {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  for (const item of challenges?.items ?? []) {
    if (!('second' in item)) continue;
    const wrong = unfounded(item, byId);
    if (wrong === undefined) continue;
    const where = `${item.rule} ${item.resource.account}/${item.resource.region}/${item.resource.id}`;
    problems.push({ code: 'CHALLENGE_UNFOUNDED', where, message: wrong });
  }
}

type Answered = Extract<NonNullable<Report['challenges']>['items'][number], { second: string }>;

function unfounded(item: Answered, claims: ReadonlyMap<string, Claim>): string | undefined {
  const first = figureAt(claims, item.claim, CHALLENGED);
  const second = figureAt(claims, item.second_claim, 'second_list');
  const apart = figureAt(claims, item.verdict_claim, 'apart');
  if (first === undefined || second === undefined || apart === undefined) return 'the report lacks a figure of it';
  const cited = apart.figure.citations.map(placeOf).join(' ');
  if (cited !== [first.place, second.place].join(' ')) return 'the distance is not the one between the two figures';
  const isFar = new Decimal(apart.figure.value).greaterThan(TOLERANCE_PERCENT);
  if (item.outcome !== (isFar ? 'disconfirm' : 'confirm'))
    return `${item.outcome}, but they are ${apart.figure.value} % apart`;
  return sameRoad(first.figure, second.figure);
}

function sameRoad(first: Figure, second: Figure): string | undefined {
  try {
    refuseSameRoad(first, second);
    return undefined;
  } catch (error) {
    if (isInfraFabricError(error)) return error.message;
    throw error;
  }
}

interface Placed {
  readonly figure: Figure;
  readonly place: string;
}

function figureAt(claims: ReadonlyMap<string, Claim>, id: string, name: string): Placed | undefined {
  const figures = claims.get(id)?.figures ?? [];
  const at = figures.findIndex((figure) => figure.name === name);
  const figure = figures[at];
  return figure === undefined ? undefined : { figure, place: `${id}/figures/${at}/value` };
}

const placeOf = ({ evidence, pointer }: Citation): string => `${evidence}${pointer}`;
