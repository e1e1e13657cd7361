import { validation } from '../faults.ts';

/** One word of an expression: `name` may be an attribute, keyword or function; `#alias` and `:value` are expression attributes. */
export interface Token {
  readonly kind: 'name' | 'alias' | 'value' | 'index' | 'sign';
  readonly text: string;
}

const PATTERN =
  /\s*(?:(?<alias>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<index>\d+)|(?<sign><>|<=|>=|[=<>(),.[\]+-]))/y;

/** Splits an expression into its words. @throws AwsFault `ValidationException` at the first character that is none. */
export function tokensOf(expression: string): readonly Token[] {
  const text = expression.trimEnd();
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const groups = PATTERN.exec(text)?.groups;
    if (groups === undefined) {
      throw validation(`Invalid expression: Syntax error; token: "${text.slice(at).trimStart().slice(0, 1)}"`);
    }
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  for (const kind of ['alias', 'value', 'name', 'index', 'sign'] as const) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text };
  }
  throw validation('Invalid expression: Syntax error');
}
