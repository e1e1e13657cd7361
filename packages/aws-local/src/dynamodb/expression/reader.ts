import { validation } from '../faults.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import type { Operand, Path, PathStep } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Reads the words of one expression from left to right and notes the expression attributes it meets. */
export class Reader {
  readonly aliases = new Set<string>();
  readonly values = new Set<string>();
  readonly #label: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  /** `label` is the name of the parameter, as it stands in error messages. */
  constructor(label: string, expression: string) {
    this.#label = label;
    this.#tokens = tokensOf(expression);
    if (this.#tokens.length === 0) throw validation(`Invalid ${label}: The expression can not be empty;`);
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Takes the next token when it is this sign or, in any case, this keyword. */
  accept(text: string): boolean {
    const token = this.#tokens[this.#at];
    const word = token?.kind === 'name' ? token.text.toUpperCase() : token?.text;
    if (word !== text || token?.kind === 'alias' || token?.kind === 'value') return false;
    this.#at += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.error();
  }

  /** Takes the name of a function that is called here, if it is one of `names`. */
  acceptCall<Name extends string>(names: readonly Name[]): Name | undefined {
    const [token, next] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    const name = names.find((one) => token?.kind === 'name' && token.text === one);
    if (name === undefined || next?.text !== '(') return undefined;
    this.#at += 2;
    return name;
  }

  /** A document path. */
  path(): Path {
    const steps: PathStep[] = [this.#step()];
    for (;;) {
      if (this.accept('.')) steps.push(this.#step());
      else if (this.accept('[')) steps.push(this.#index());
      else return { kind: 'path', steps };
    }
  }

  /** An expression attribute value such as `:now`. */
  value(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'value') throw this.error();
    this.#at += 1;
    this.values.add(token.text);
    return token.text;
  }

  /** A path or an expression attribute value. */
  plainOperand(): Exclude<Operand, { kind: 'size' }> {
    return this.#tokens[this.#at]?.kind === 'value' ? { kind: 'value', name: this.value() } : this.path();
  }

  /** Items separated by commas. */
  list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }

  end(): void {
    if (!this.ended) throw this.error();
  }

  error(): Error {
    const token = this.#tokens[this.#at]?.text ?? '<EOF>';
    return validation(`Invalid ${this.#label}: Syntax error; token: "${token}"`);
  }

  #step(): PathStep {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'alias') {
      this.#at += 1;
      this.aliases.add(token.text);
      return { kind: 'alias', alias: token.text };
    }
    if (token?.kind !== 'name') throw this.error();
    if (RESERVED_WORDS.has(token.text.toUpperCase())) {
      throw validation(`Invalid ${this.#label}: Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    }
    this.#at += 1;
    return { kind: 'name', name: token.text };
  }

  #index(): PathStep {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'index') throw this.error();
    this.#at += 1;
    this.expect(']');
    return { kind: 'index', index: Number(token.text) };
  }
}
