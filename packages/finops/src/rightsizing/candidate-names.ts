import { parseTypeName, siblings, smallerSizes } from '../rules/reading/type-names.ts';

/** Series that do the same kind of work and differ in memory for each vCPU, or burst. */
const GENERAL_SERIES = ['m', 'c', 'r'];

/** First generation that runs on Nitro, in which every series here has types. Source: instance type table of 2026-08-02. */
const FIRST_NITRO = 5;

/** First burstable generation of that kind. Source: instance type table of 2026-08-02. */
const FIRST_BURSTABLE = 3;

/**
 * Families beside m, c, r and t that do the same work with more of one thing, by the generation of their processor: more memory
 * (x), EBS (b) or network (n) for each vCPU. Source: instance type table of 2026-08-02.
 */
const RICHER_FAMILIES: Readonly<Record<number, readonly string[]>> = {
  5: ['c5n', 'm5n', 'r5n', 'r5b'],
  6: ['c6in', 'm6in', 'r6in', 'x2gd'],
  7: ['c7gn'],
  8: ['c8gb', 'm8gb', 'r8gb', 'c8gn', 'm8gn', 'r8gn', 'c8ib', 'm8ib', 'r8ib', 'c8in', 'm8in', 'r8in', 'x8g', 'x8i'],
};

const PROCESSORS = ['', 'a', 'i', 'g'] as const;

const KNOWN = new Map<string, readonly string[]>();

/**
 * Names of types that may replace one: its size and smaller ones, of its generation or newer, of every processor.
 *
 * General types may change their family (m, c, r, t and families with more of one thing); others stay in their series. Names the type table does not have are
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
  const richer = isGeneral ? richerFamilies(name.series === 't' ? FIRST_NITRO : name.generation) : [];
  const more = richer.flatMap((family) => sizes.map((size) => `${family}.${size}`));
  return [...new Set([...own, ...names, ...more])].filter((one) => one !== type);
}

function richerFamilies(from: number): string[] {
  return Object.entries(RICHER_FAMILIES).flatMap(([generation, families]) =>
    Number(generation) >= from ? families : [],
  );
}
