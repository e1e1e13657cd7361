import { isPlainWord } from '@infrafabric/collect/pseudonyms';
import { resourceKey } from '@infrafabric/finops';
import { type Claim, canonicalJson, plainText, refusedWords, type Support } from '@infrafabric/protocol';
import type { Report } from '../model.ts';
import { type Narrative, Sentence } from './model.ts';

/** Judges sentences of a model by the claims they cite. */
export interface Gate {
  /** The sentence as it may be shown; `undefined` when it is refused. */
  readonly admit: (sentence: { readonly text: string; readonly claims: readonly string[] }) => Sentence | undefined;
}

/**
 * The gate of one report: a sentence passes when it cites claims of the report and every number, date, name, id and unit in it
 * stands in one of them or in the resource they are about. What a sentence means is not judged.
 */
export function openGate(report: Report): Gate {
  const supports = supportsOf(report);
  return {
    admit({ text, claims }) {
      const sentence = Sentence.safeParse({ text: text.trim().replaceAll(/\s+/g, ' '), claims: [...new Set(claims)] });
      if (!sentence.success || plainText(sentence.data.text) !== sentence.data.text) return undefined;
      const cited = sentence.data.claims.map((id) => supports.get(id));
      if (cited.includes(undefined)) return undefined;
      const support = joined(cited);
      const refused = [...refusedWords(sentence.data.text, support), ...beginnings(sentence.data.text, support)];
      return refused.length === 0 ? sentence.data : undefined;
    },
  };
}

/** Every sentence of a narrative that the gate of the report would refuse, by its place. */
export function unfoundedSentences({ summary, explanations }: Narrative, report: Report): string[] {
  const gate = openGate(report);
  const findings = new Set(report.findings.flatMap((entry) => (entry.verdict === 'FINDING' ? [entry.id] : [])));
  const places = [
    ...summary.map((sentence, at) => [`/summary/${at}`, sentence] as const),
    ...explanations.flatMap(({ sentences }, at) =>
      sentences.map((sentence, place) => [`/explanations/${at}/sentences/${place}`, sentence] as const),
    ),
  ];
  return [
    ...places.filter(([, sentence]) => gate.admit(sentence)?.text !== sentence.text).map(([place]) => place),
    ...explanations.flatMap(({ finding }, at) => (findings.has(finding) ? [] : [`/explanations/${at}/finding`])),
  ];
}

/** First words of sentences that are neither plain English nor cited: the one place where a capital says nothing of a name. */
function beginnings(text: string, { texts }: Support): string[] {
  const firsts = [...text.matchAll(/(?:^|[.!?:][”"’']? )(\p{L}[\p{L}\p{N}-]*)/gu)].map(([, word = '']) => word);
  return firsts.filter((word) => !isPlainWord(word) && !texts.some((source) => source.includes(word)));
}

function joined(supports: readonly (Support | undefined)[]): Support {
  const known = supports.filter((support) => support !== undefined);
  return { figures: known.flatMap(({ figures }) => figures), texts: known.flatMap(({ texts }) => texts) };
}

function supportsOf({ claims, findings }: Report): Map<string, Support> {
  const supports = new Map(claims.map((claim) => [claim.id, { figures: claim.figures, texts: textsOf(claim) }]));
  for (const entry of findings) {
    const support = entry.verdict === 'FINDING' ? supports.get(entry.claim ?? '') : undefined;
    if (support === undefined || entry.verdict !== 'FINDING') continue;
    const { resource, rule, ref, target = {} } = entry;
    support.texts.push(rule, ref, resourceKey(resource), ...Object.values(resource), ...Object.values(target));
  }
  return supports;
}

function textsOf({ statement, topic, figures }: Claim): string[] {
  return [statement, topic, ...figures.map(({ derivation }) => canonicalJson(derivation.params))];
}
