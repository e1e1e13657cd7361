/** An exact number: the arithmetic of this sample never touches a float. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** Reads `12`, `0.0416` or a whole number. */
export function fraction(value: string | number | bigint): Fraction {
  const [whole = '0', part = ''] = String(value).split('.');
  return reduced(BigInt(whole + part), 10n ** BigInt(part.length));
}

/** The sum of numbers. */
export const add = (...all: readonly Fraction[]): Fraction =>
  all.reduce((a, b) => reduced(a.over * b.under + b.over * a.under, a.under * b.under), fraction(0));

/** `a - b`. */
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { over: -b.over, under: b.under });

/** The product of numbers. */
export const multiply = (...all: readonly Fraction[]): Fraction =>
  all.reduce((a, b) => reduced(a.over * b.over, a.under * b.under), fraction(1));

/** `a / b`. */
export const divide = (a: Fraction, b: Fraction): Fraction => reduced(a.over * b.under, a.under * b.over);

/** The smallest of numbers. */
export const least = (first: Fraction, ...rest: readonly Fraction[]): Fraction =>
  rest.reduce((a, b) => (b.over * a.under < a.over * b.under ? b : a), first);

/** The smallest whole number that is not below. */
export const ceiling = ({ over, under }: Fraction): Fraction => fraction((over + under - 1n) / under);

/** Rounded half-even to `places` decimals. */
export function rounded({ over, under }: Fraction, places: number): Fraction {
  const unit = 10n ** BigInt(places);
  const scaled = over * unit;
  const floor = scaled / under - (scaled % under < 0n ? 1n : 0n);
  const twice = 2n * (scaled - floor * under);
  const isUp = twice > under || (twice === under && floor % 2n !== 0n);
  return reduced(isUp ? floor + 1n : floor, unit);
}

/** To the cent, half-even: how money is rounded where it becomes a figure. */
export const cents = (value: Fraction): Fraction => rounded(value, 2);

/** Plain decimal notation with exactly `places` decimals, half-even. */
export function fixed(value: Fraction, places: number): string {
  const { over, under } = rounded(value, places);
  const digits = String((over < 0n ? -over : over) * (10n ** BigInt(places) / under)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return over < 0n ? `-${text}` : text;
}

/** Plain decimal notation with at most `places` decimals and no trailing zeros. */
export const plain = (value: Fraction, places: number): string =>
  fixed(value, places)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

function reduced(over: bigint, under: bigint): Fraction {
  const sign = under < 0n ? -1n : 1n;
  let [a, b] = [over < 0n ? -over : over, under * sign];
  while (b !== 0n) [a, b] = [b, a % b];
  const common = a === 0n ? 1n : a;
  return { over: (sign * over) / common, under: (sign * under) / common };
}
