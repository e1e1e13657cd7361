/** A family of instance types: what it is followed by with the same processor, and what does its work on arm for least. */
interface Family {
  /** For families AWS no longer calls current: the cheapest newer x86 family with as much of everything. */
  readonly successor?: string;
  readonly arm?: string;
}

/**
 * Families of the estates. Whether AWS calls a family current is AWS's own word (DescribeInstanceTypes, 2026-08-02); the others
 * are the cheapest by the list prices of us-east-1. A family that AWS no longer calls current and nothing newer is cheaper than has no successor.
 */
export const FAMILIES = {
  m5: { successor: 'm6a', arm: 'm6g' },
  c5: { successor: 'c6a', arm: 'c6g' },
  r5: { successor: 'r6a', arm: 'r6g' },
  m6i: { arm: 'm6g' },
  c6i: { arm: 'c6g' },
  r6i: { arm: 'r6g' },
  m7i: { arm: 'm6g' },
  m4: { successor: 'm5a', arm: 'm6g' },
  c4: { successor: 'c6a', arm: 'c6g' },
  r4: { successor: 'r5a', arm: 'r6g' },
  t2: { arm: 't4g' },
  t3: { arm: 't4g' },
  m6g: {},
  c6g: {},
  r6g: {},
  m7g: {},
  r7g: {},
} as const satisfies Readonly<Record<string, Family>> as Readonly<Record<string, Family>> & Record<FamilyName, Family>;

/** A family of the estates. */
export type FamilyName =
  | 'm5'
  | 'c5'
  | 'r5'
  | 'm6i'
  | 'c6i'
  | 'r6i'
  | 'm7i'
  | 'm4'
  | 'c4'
  | 'r4'
  | 't2'
  | 't3'
  | 'm6g'
  | 'c6g'
  | 'r6g'
  | 'm7g'
  | 'r7g';
