import {
  addressNames,
  compareOpinions,
  type Finding,
  findingId,
  isInventory,
  knownAs,
  type Rule,
  type TaskResult,
} from '@infrafabric/finops';
import type { Claim } from '@infrafabric/protocol';
import type { Report } from './model.ts';

/** What of a session the second opinions are compared with. */
interface Session {
  readonly results: readonly TaskResult[];
  readonly findings: readonly Finding[];
  readonly counted: readonly Finding[];
  readonly claims: readonly Claim[];
  readonly rules: readonly Rule[];
  readonly roles: readonly string[];
}

/** What AWS says beside what we say; `asked` names who of AWS was asked. The claims it cites come first from {@link opinionClaims}. */
export function secondOpinions({
  results,
  findings,
  counted,
  claims,
  rules,
  roles,
}: Session): Report['second_opinions'] {
  const said = results.filter(isInventory).flatMap((result) => result.opinions ?? []);
  if (said.length === 0) return { asked: [], opinions: [] };
  const entries = results.filter(isInventory).flatMap((result) => result.entries);
  const known = entries.flatMap(({ kind, type, id }) => (kind === 'resource' ? [knownAs({ type, id })] : []));
  const opinions = compareOpinions(
    said.flatMap((one) => one.opinions),
    said.flatMap((one) => one.asked),
    {
      findings,
      counted: new Set(counted.map(findingId)),
      rules,
      roles,
      known: new Set(known),
      calledOtherwise: addressNames(entries),
      claims: new Map(claims.map((claim) => [claim.id, claim])),
    },
  );
  const asked = new Set(said.flatMap((one) => one.asked).map((one) => one.source));
  return { asked: [...asked].sort(), opinions };
}

/** The claims in which answers of AWS are cited. */
export const opinionClaims = (results: readonly TaskResult[]): Claim[] =>
  results.filter(isInventory).flatMap((result) => result.opinions?.claims ?? []);
