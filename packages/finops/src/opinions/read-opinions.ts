import { type Claim, isJsonObject, jsonPointer } from '@infrafabric/protocol';
import type { Answer } from '../inventory/index-answer.ts';
import { canonicalClient } from '../inventory/catalogue.ts';
import { walk } from '../inventory/walk.ts';
import { advisorOpinions, isCostCheck } from './advisor-opinions.ts';
import { hubOpinions } from './hub-opinions.ts';
import type { Asked, Opinion } from './opinion.ts';
import type { OpinionReader } from './opinion-reader.ts';
import { OPTIMIZER_READERS } from './optimizer-opinions.ts';

/** What an advising service answered: its opinions, their claims, and what it was asked. */
export interface Opinions {
  readonly opinions: readonly Opinion[];
  readonly claims: readonly Claim[];
  readonly asked: readonly Asked[];
}

/** Reads an answer of Cost Optimization Hub, Compute Optimizer or Trusted Advisor; `undefined` when it is none about cost. */
export function readOpinions(answer: Answer): Opinions | undefined {
  const reader = readerOf(answer);
  if (reader === undefined) return undefined;
  const place = { evidence: answer.evidence, media_type: 'application/json' as const };
  const read = walk(answer.document, reader.at(answer.operation)).flatMap(({ value, tokens }) => {
    if (!isJsonObject(value)) return [];
    return reader.read({ value, citation: { ...place, pointer: jsonPointer(tokens) } }, answer.document) ?? [];
  });
  const account = answer.account ?? 'unknown';
  return {
    opinions: read.map(({ opinion }) => (opinion.account === 'unknown' ? { ...opinion, account } : opinion)),
    claims: read.map((one) => one.claim),
    asked: [
      { source: reader.source, account, region: reader.region === 'any' ? 'any' : answer.region, type: reader.type },
    ],
  };
}

function readerOf({ client, operation, document }: Answer): OpinionReader | undefined {
  const name = canonicalClient(client);
  if (name === 'cost-optimization-hub') {
    return ['ListRecommendations', 'GetRecommendation'].includes(operation) ? hubOpinions : undefined;
  }
  if (name === 'compute-optimizer')
    return Object.hasOwn(OPTIMIZER_READERS, operation) ? OPTIMIZER_READERS[operation] : undefined;
  const isAdvisor = name === 'support' && operation === 'DescribeTrustedAdvisorCheckResult';
  return isAdvisor && isCostCheck(document) ? advisorOpinions : undefined;
}
