import { parseTypeName, siblings, smallerSizes } from '../rules/reading/type-names.ts';

/** Series that do the same kind of work and differ in memory for each vCPU, or burst. */
const GENERAL_SERIES = ['m', 'c', 'r'];

/** First generation that runs on Nitro, in which every series here has types. Source: instance type table of 2026-08-02. */
const FIRST_NITRO = 5;

/** First burstable generation of that kind. Source: instance type table of 2026-08-02. */
const FIRST_BURSTABLE = 3;

const PROCESSORS = ['', 'a', 'i', 'g'] as const;

const KNOWN = new Map<string, readonly string[]>();

/**
 * Names of types that may replace one: its size and smaller ones, of its generation or newer, of every processor.
 *
 * General types may change their family (m, c, r, t); others stay in their series. Names the type table does not have are
 * for the caller to drop.
 */
export function candidateNames(type: string): readonly string[] {
  const known = KNOWN.get(type) ?? namesFor(type);
  KNOWN.set(type, known);
  return known;
}

function namesFor(type: string): readonly string[] {
  const own = smallerSizes(type);
  const name = parseTypeName(type);
  if (name === undefined) return own;
  const sizes = [name.size, ...own.map((one) => one.slice(one.indexOf('.') + 1))];
  const isGeneral = name.series === 't' || GENERAL_SERIES.includes(name.series);
  const families = isGeneral
    ? [
        ...GENERAL_SERIES.map((series) => ({ series, from: name.series === 't' ? FIRST_NITRO : name.generation })),
        { series: 't', from: name.series === 't' ? name.generation : FIRST_BURSTABLE },
      ]
    : [{ series: name.series, from: name.generation }];
  const capabilities = [...new Set([name.capabilities, ''])];
  const names = families.flatMap(({ series, from }) =>
    capabilities.flatMap((capability) =>
      sizes.flatMap((size) => siblings({ ...name, series, size, capabilities: capability }, PROCESSORS, from)),
    ),
  );
  return [...new Set([...own, ...names])].filter((one) => one !== type);
}
