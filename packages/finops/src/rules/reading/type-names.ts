/**
 * The parts of an instance type name such as `m5dn.large`: series `m`, generation 5, processor ``, capabilities `dn`, size `large`.
 *
 * Source: EC2 user guide, "Amazon EC2 instance type naming conventions", stated 2026-11-20, page not re-read; every name is looked up in the type table.
 */
export interface TypeName {
  readonly series: string;
  readonly generation: number;
  readonly processor: '' | 'a' | 'g' | 'i';
  readonly capabilities: string;
  readonly size: string;
}

const TYPE_NAME = /^([a-z]+)([0-9]{1,2})([agi]?)([a-z]*)\.([a-z0-9-]+)$/;

/** Newest generation number tried. Source: the instance type table of 2026-08-02 ends at generation 9; a margin of three. */
const NEWEST_GENERATION = 12;

/** Sizes from small to large, each half of the next from `medium` up. Source: names in the instance type table of 2026-08-02. */
const SIZES = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

/** Reads an instance type name; `undefined` for names outside the convention (`u-6tb1.metal`, `m7i-flex.large`). */
export function parseTypeName(name: string): TypeName | undefined {
  const [, series, generation, processor, capabilities, size] = TYPE_NAME.exec(name) ?? [];
  if (series === undefined || generation === undefined || capabilities === undefined || size === undefined) {
    return undefined;
  }
  return { series, generation: Number(generation), processor: asProcessor(processor), capabilities, size };
}

/** Names of the same series, capabilities and size with one of the processors, in generations from `fromGeneration` on. */
export function siblings(
  name: TypeName,
  processors: readonly TypeName['processor'][],
  fromGeneration: number,
): readonly string[] {
  const names: string[] = [];
  for (let generation = fromGeneration; generation <= NEWEST_GENERATION; generation += 1) {
    for (const processor of processors) {
      names.push(`${name.series}${generation}${processor}${name.capabilities}.${name.size}`);
    }
  }
  return names;
}

/** Smaller sizes of the same family, nearest first; empty for metal and unknown sizes. */
export function smallerSizes(name: string): readonly string[] {
  const dot = name.indexOf('.');
  const rank = sizeRank(name.slice(dot + 1));
  if (dot < 0 || rank === undefined) return [];
  return ladderBelow(rank).map((size) => `${name.slice(0, dot)}.${size}`);
}

function asProcessor(letter: string | undefined): TypeName['processor'] {
  return letter === 'a' || letter === 'g' || letter === 'i' ? letter : '';
}

/** Position of a size on the ladder: 0 to 5 for named sizes, 5 + n for `<n>xlarge` above 1. */
function sizeRank(size: string): number | undefined {
  const named = SIZES.indexOf(size);
  if (named >= 0) return named;
  const multiple = /^([0-9]{1,3})xlarge$/.exec(size)?.[1];
  return multiple === undefined ? undefined : SIZES.length - 1 + Number(multiple);
}

function ladderBelow(rank: number): string[] {
  const named = SIZES.slice(0, Math.min(rank, SIZES.length)).toReversed();
  const multiples: string[] = [];
  for (let multiple = rank - SIZES.length; multiple >= 2; multiple -= 1) multiples.push(`${multiple}xlarge`);
  return [...multiples, ...named];
}
