import { Handles, openTextMask, type TextMask } from '@infrafabric/collect/pseudonyms';
import { displayFigure, SERVICES } from '@infrafabric/finops';
import type { Sentences } from '@infrafabric/llm';
import type { Claim, JsonObject } from '@infrafabric/protocol';
import type { Gate, Report, ReportFinding, Sentence } from '@infrafabric/report';
import { RULES } from '@infrafabric/agents';

/** Figures of one claim that are sent; a claim about every day of a bill has hundreds. */
const FIGURES = 16;

/** The mask of everything a model is told about a report: names of its resources are replaced, whatever they look like. */
export function maskOf(report: Report, key: Uint8Array): TextMask {
  const resources = report.findings.flatMap((entry) =>
    entry.verdict === 'FINDING' ? [entry.resource] : entry.resources,
  );
  const names = resources.flatMap(({ account, id, name, type }) => [
    account,
    id,
    name ?? '',
    id.replace(`${type}/`, ''),
  ]);
  return openTextMask(new Handles(key), { names: names.filter((name) => name !== ''), ours: OURS });
}

/** Words of the product: services, rules, kinds of resources, columns of FOCUS. */
const OURS: readonly string[] = [
  ...SERVICES.flatMap(({ key, name, also }) => [key, name, ...also]),
  ...RULES.flatMap(({ id, service }) => [id, service]),
  ...'AWS BilledCost EffectiveCost ListCost ContractedCost RegionId SubAccountId ServiceName ProviderName ResourceId MARK'.split(
    ' ',
  ),
];

/** Claims as they are sent, under short names, and what a model says about them as it may be shown. */
export interface SentClaims {
  readonly json: JsonObject[];
  /** The sentences that pass the gate, names restored, and how many do not. */
  readonly admitted: (answer: Sentences, gate: Gate) => { readonly sentences: Sentence[]; readonly refused: number };
}

/** Prepares claims for a model: statements and figures behind the mask. */
export function sendClaims(claims: readonly Claim[], mask: TextMask): SentClaims {
  const ids = new Map(claims.map(({ id }, at) => [`c${at + 1}`, id]));
  const json = claims.map(({ statement, figures }, at) => ({
    id: `c${at + 1}`,
    statement: mask.mask(statement),
    figures: figures.slice(0, FIGURES).map((figure) => `${nameOf(figure.name, mask)}: ${displayFigure(figure)}`),
  }));
  return {
    json,
    admitted({ sentences }, gate) {
      const judged = sentences.map(({ text, claims: cited }) =>
        gate.admit({ text: mask.unmask(text), claims: cited.map((name) => ids.get(name) ?? name) }),
      );
      const passed = judged.filter((sentence) => sentence !== undefined);
      return { sentences: passed, refused: judged.length - passed.length };
    },
  };
}

/** A finding as it is sent. */
export function sendFinding(
  { rule, resource, effort, risk, priority, actionType }: ReportFinding,
  mask: TextMask,
): JsonObject {
  return {
    rule,
    checks: RULES.find(({ id }) => id === rule)?.title ?? rule,
    resource: mask.mask(resource.name ?? resource.id),
    region: resource.region,
    type: resource.type,
    priority,
    ...(actionType === undefined ? {} : { action: actionType }),
    ...(effort === undefined ? {} : { effort }),
    ...(risk === undefined ? {} : { risk }),
  };
}

/** A figure's name in words; its parts may be labels of the bill. */
const nameOf = (name: string, mask: TextMask): string => mask.mask(name.replaceAll(/[._]/g, ' '));
