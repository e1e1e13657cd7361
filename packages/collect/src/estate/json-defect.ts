/**
 * Where text stops being JSON (RFC 8259): the index of the first token that cannot stand there, or the text's length when it
 * ends too early; `undefined` for JSON. `JSON.parse` decides what is JSON; this only says where it is not.
 */
export function jsonDefect(text: string): number | undefined {
  const open: string[] = [];
  let state: State = 'value';
  let index = 0;
  for (;;) {
    index = endOfSpace(text, index);
    if (state === 'done' && index === text.length) return undefined;
    const token = tokenAt(text, index);
    const next: State | undefined = token === undefined ? undefined : STEPS[state](token.charAt(0), open);
    if (token === undefined || next === undefined) return index;
    index += token.length;
    state = next;
  }
}

/** What may come next. */
type State = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end' | 'done';

type Step = (first: string, open: string[]) => State | undefined;

const beginValue: Step = (first, open) => {
  if (',:]}'.includes(first)) return undefined;
  if (first !== '{' && first !== '[') return afterValue(open);
  open.push(first);
  return first === '{' ? 'name or }' : 'value or ]';
};

const beginName: Step = (first) => (first === '"' ? 'colon' : undefined);

/** What a token that begins with `first` leads to. */
const STEPS: Readonly<Record<State, Step>> = {
  value: beginValue,
  'value or ]': (first, open) => (first === ']' ? close(first, open) : beginValue(first, open)),
  name: beginName,
  'name or }': (first, open) => (first === '}' ? close(first, open) : beginName(first, open)),
  colon: (first) => (first === ':' ? 'value' : undefined),
  'comma or end': (first, open) => (first === ',' ? afterComma(open) : close(first, open)),
  done: () => undefined,
};

function close(bracket: string, open: string[]): State | undefined {
  if (bracket !== (open.at(-1) === '{' ? '}' : ']')) return undefined;
  open.pop();
  return afterValue(open);
}

const afterValue = (open: readonly string[]): State => (open.length === 0 ? 'done' : 'comma or end');
const afterComma = (open: readonly string[]): State => (open.at(-1) === '{' ? 'name' : 'value');

function endOfSpace(text: string, start: number): number {
  let index = start;
  while (' \t\r\n'.includes(text.charAt(index)) && index < text.length) index += 1;
  return index;
}

function tokenAt(text: string, index: number): string | undefined {
  if (text.charAt(index) === '"') return stringAt(text, index);
  TOKEN.lastIndex = index;
  return TOKEN.exec(text)?.[0];
}

const TOKEN = /[{}[\],:]|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/** Piece by piece, because one expression for a whole string would need memory for every character. */
function stringAt(text: string, start: number): string | undefined {
  let index = start + 1;
  for (;;) {
    PIECE.lastIndex = index;
    const piece = PIECE.exec(text)?.[0] ?? '';
    index += piece.length;
    if (piece === '') return text.charAt(index) === '"' ? text.slice(start, index + 1) : undefined;
  }
}

/** A character of a string is a space or above it, but no quote and no backslash. */
const PIECE = /[ !#-[\]-\uffff]{1,4096}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
