import { RuntimeError } from './errors.ts';

/** Fewest digits by which a message may be named. */
const LEAST_DIGITS = 8;

/**
 * The one hash that begins with what a person typed: `sha256:` may lead, 8 digits are enough.
 *
 * @throws RuntimeError `MESSAGE_UNKNOWN` when none does, or several.
 */
export function chosenHash(typed: string, hashes: readonly string[], fix: string): string {
  const digits = typed.replace(/^sha256:/, '').toLowerCase();
  const found = /^[0-9a-f]+$/.test(digits) ? [...new Set(hashes.filter((hash) => hash.startsWith(digits)))] : [];
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0 && digits.length >= LEAST_DIGITS) return only;
  const got = found.length > 1 ? `${found.length} of them` : `"${typed.slice(0, 80)}"`;
  throw new RuntimeError('MESSAGE_UNKNOWN', {
    message: `expected the sha256 of one message, or its first ${LEAST_DIGITS} digits or more, got ${got}`,
    where: 'sha256',
    fix,
  });
}
