import { parse } from 'node:querystring';
import { AwsFault, notImplemented } from '../engine/fault.ts';

/** The parameters of one AWS query-protocol request, with lists and maps unfolded from their numbered names. */
export class Form {
  readonly #values: Readonly<Record<string, string | string[] | undefined>>;
  readonly #prefix: string;

  constructor(values: Readonly<Record<string, string | string[] | undefined>>, prefix = '') {
    this.#values = values;
    this.#prefix = prefix;
  }

  static of(body: Buffer): Form {
    return new Form(parse(body.toString('utf8'), '&', '=', { maxKeys: 0 }));
  }

  optional(name: string): string | undefined {
    const value = this.#values[this.#prefix + name];
    return Array.isArray(value) ? value[0] : value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new AwsFault('InvalidParameter', `Invalid parameter: ${name}`);
    return value;
  }

  /** The structures `name.member.1`, `name.member.2`, … (or `.entry.`), up to the first that lacks `key`. */
  list(name: string, key: string): Form[] {
    const infix = this.optional(`${name}.member.1.${key}`) === undefined ? 'entry' : 'member';
    const forms: Form[] = [];
    for (let index = 1; ; index += 1) {
      const form = new Form(this.#values, `${this.#prefix}${name}.${infix}.${index}.`);
      if (form.optional(key) === undefined) return forms;
      forms.push(form);
    }
  }

  /** A map of strings, sent as `name.entry.N.key` and `name.entry.N.value`. */
  map(name: string): Record<string, string> {
    return Object.fromEntries(this.list(name, 'key').map((entry) => [entry.required('key'), entry.required('value')]));
  }

  /** Refuses by name every parameter of this structure that is not in `known`. */
  allowOnly(known: readonly string[]): void {
    for (const name in this.#values) {
      if (!name.startsWith(this.#prefix)) continue;
      const first = name.slice(this.#prefix.length).split('.', 1)[0] ?? '';
      if (!known.includes(first)) throw notImplemented(`the parameter ${name}`);
    }
  }
}
