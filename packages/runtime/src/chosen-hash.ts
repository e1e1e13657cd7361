import { RuntimeError, type RuntimeErrorCode } from './errors.ts';

/** Fewest digits by which a message may be named. */
const LEAST_DIGITS = 8;

/** What a hash names, and what is said when none does. */
export interface Hashed {
  readonly code: RuntimeErrorCode;
  /** Such as `message`. */
  readonly what: string;
  readonly fix: string;
}

/**
 * The one hash that begins with what a person typed: `sha256:` may lead, 8 digits are enough.
 *
 * @throws RuntimeError of the given code when none does, or several.
 */
export function chosenHash(typed: string, hashes: readonly string[], { code, what, fix }: Hashed): string {
  const digits = typed.replace(/^sha256:/, '').toLowerCase();
  const found = /^[0-9a-f]+$/.test(digits) ? [...new Set(hashes.filter((hash) => hash.startsWith(digits)))] : [];
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0 && digits.length >= LEAST_DIGITS) return only;
  const got = found.length > 1 ? `${found.length} of them` : `"${typed.slice(0, 80)}"`;
  throw new RuntimeError(code, {
    message: `expected the sha256 of one ${what}, or its first ${LEAST_DIGITS} digits or more, got ${got}`,
    where: 'sha256',
    fix,
  });
}
