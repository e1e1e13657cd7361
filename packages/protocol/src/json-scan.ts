/** How far a JSON text may go before anything parses it. */
export interface ScanLimits {
  /** Containers inside each other; a scalar has depth 0. */
  readonly depth: number;
  /** Object members and array items in all. */
  readonly members: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Counts depth and members of a JSON text in one linear pass, without parsing it; a text too short for either limit is let through
 * at once.
 *
 * Says which limit is passed first, or `undefined`. A text that is not JSON gets some answer; the parser judges it after.
 */
export function scanLimits(text: string, limits: ScanLimits): 'depth' | 'members' | undefined {
  if (
    text.length <= limits.members &&
    count(text, '{', limits.depth) + count(text, '[', limits.depth) <= limits.depth
  ) {
    return undefined;
  }
  return scan(text, limits);
}

/** How often a unit stands in a text, inside strings as well; stops above `most`. */
function count(text: string, unit: string, most: number): number {
  let found = 0;
  for (let at = text.indexOf(unit); at >= 0 && found <= most; at = text.indexOf(unit, at + 1)) found += 1;
  return found;
}

function scan(text: string, limits: ScanLimits): 'depth' | 'members' | undefined {
  let depth = 0;
  let members = 0;
  let justOpened = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x20) continue;
    if (justOpened && !isClose(unit)) members += 1;
    justOpened = false;
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === COMMA) members += 1;
    else if (isOpen(unit)) {
      depth += 1;
      justOpened = true;
    } else if (isClose(unit)) depth -= 1;
    if (depth > limits.depth) return 'depth';
    if (members > limits.members) return 'members';
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const isOpen = (unit: number): boolean => unit === OPEN_BRACE || unit === OPEN_BRACKET;
const isClose = (unit: number): boolean => unit === CLOSE_BRACE || unit === CLOSE_BRACKET;
