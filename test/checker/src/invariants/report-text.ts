import { digestIn, digestOf } from '../digest.ts';
import type { HistoryIndex, Placed } from '../history-index.ts';
import type { ReportEntry } from '../history.ts';
import type { Found, Invariant } from '../invariant.ts';

export const CLAIMS_CITE: Invariant = {
  id: 'I11',
  says: 'No claim without evidence: each names it by its hash, and the evidence exists and hashes to its name.',
  check: (index) => index.reports.flatMap((report) => uncited(report, index)),
};

interface Cited {
  readonly id: string;
  readonly citations: readonly { readonly evidence: string }[];
  readonly figures: readonly Figure[];
}

interface Figure {
  readonly name: string;
  readonly value?: string;
  readonly derivation?: { readonly id: string };
  readonly citations: readonly { readonly evidence: string }[];
}

/** The sum of nothing is zero, and there is nothing that it could name. */
const isSumOfNothing = ({ value, derivation }: Figure): boolean =>
  derivation?.id.startsWith('finops/total@') === true && Number(value) === 0;

const EVIDENCE = /^if:\/\/evidence\/sha256\/[0-9a-f]{64}$/;
const CLAIM = /^if:\/\/claim\/sha256\/[0-9a-f]{64}$/;

function uncited(report: Placed<ReportEntry>, index: HistoryIndex): Found[] {
  return claimsIn(JSON.parse(report.text)).flatMap((claim) => {
    const cited = [...claim.citations, ...claim.figures.flatMap(({ citations }) => citations)];
    const isBare = cited.length === 0 && (claim.figures.length === 0 || !claim.figures.every(isSumOfNothing));
    const why = isBare ? 'cites nothing' : cited.map(({ evidence }) => whyNone(evidence, index)).find(Boolean);
    return why === undefined ? [] : [{ seq: report.seq, message: `claim ${claim.id} ${why}` }];
  });
}

/** Of evidence that the history does not carry only the name is judged. */
function whyNone(id: string, { blobs, world }: HistoryIndex): string | undefined {
  if (CLAIM.test(id)) return undefined;
  if (!EVIDENCE.test(id)) return `cites ${id}, which is no evidence`;
  const blob = blobs.get(digestIn(id));
  if (blob === undefined) return world.scope === 'full' ? `cites ${id}, which nobody stored` : undefined;
  return digestOf(blob.bytes) === digestIn(id) ? undefined : `cites ${id}, whose bytes hash to something else`;
}

function claimsIn(value: unknown): Cited[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(claimsIn);
  return isClaim(value) ? [value, ...inner] : inner;
}

const isClaim = (value: object): value is Cited =>
  CLAIM.test(String(Reflect.get(value, 'id'))) &&
  Array.isArray(Reflect.get(value, 'figures')) &&
  Array.isArray(Reflect.get(value, 'citations'));

export const NO_MARKERS: Invariant = {
  id: 'I12',
  says: 'Nothing an attacker wrote is in a report.',
  check: ({ reports, world }) =>
    reports.flatMap(({ seq, session, text }) =>
      world.markers
        .filter((marker) => text.includes(marker))
        .map((marker) => ({ seq, message: `the report of ${session} holds the attacker's text ${marker}` })),
    ),
};

export const SAME_REPORT: Invariant = {
  id: 'I13',
  says: 'The report of a session is the same whoever makes it, and the session names it by its hash.',
  check: (index) => [...otherReports(index), ...misnamed(index)],
};

function otherReports({ reports, tampered }: HistoryIndex): Found[] {
  const first = new Map<string, string>();
  return reports.flatMap(({ seq, session, text }) => {
    const known = first.get(session);
    if (known === undefined) first.set(session, text);
    const differs = known !== undefined && known !== text && tampered.size === 0;
    return differs ? [{ seq, message: `a second report of ${session} differs from the first` }] : [];
  });
}

function misnamed({ reports, sessions }: HistoryIndex): Found[] {
  return [...sessions.values()].flatMap(({ name, last, steps }) => {
    const named = last?.report_sha256;
    const own = reports.filter(({ session }) => session === name);
    if (named === undefined || own.length === 0) return [];
    const isThere = own.some(({ sha256, text }) => sha256 === named && digestOf(text) === named);
    return isThere
      ? []
      : [{ seq: steps.at(-1)?.seq ?? 0, message: `session ${name} names ${named}, a report nobody made` }];
  });
}
