import { createHmac } from 'node:crypto';
import { environmentWordsOf } from '@infrafabric/finops';
import { AWS_ID, STRUCTURE, isKeptForm } from './kept.ts';

/**
 * Handles for what names an account and its things: keyed hashes, so that the same name is the same handle in every file and
 * nobody without the key can go back, or test a guess.
 *
 * A handle keeps the form: account ids have 12 digits, ids of AWS their prefix, addresses are addresses, ARNs are ARNs of the
 * same service and region. A name that speaks of an environment (`orders-prod`) keeps that word, as verdicts depend on it.
 */
export class Handles {
  readonly #key: Uint8Array;
  readonly #known = new Map<string, string>();

  /** `key` has 32 bytes and stays on this machine. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The handle of an account id. */
  account(id: string): string {
    return String(BigInt(`0x${this.#hex(id, 16)}`) % 1_000_000_000_000n).padStart(12, '0');
  }

  /** The handle of a text of any form; words AWS defines stay. */
  of(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const handle = this.#made(text);
    this.#known.set(text, handle);
    return handle;
  }

  #made(text: string): string {
    if (isKeptForm(text) || STRUCTURE.has(text)) return text;
    if (/^arn:aws[a-z-]*:/.test(text)) return this.#arn(text);
    if (!/\s/.test(text) && /[/:]/.test(text) && !text.includes('://') && !IPV6.test(text)) return this.#parts(text);
    return this.#token(text);
  }

  /** Partition, service and region stay. */
  #arn(text: string): string {
    const [arn = '', partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
    const resource = rest.length === 0 ? [] : [this.#parts(rest.join(':'))];
    return [arn, partition, service, region, this.of(account), ...resource].join(':');
  }

  #parts(text: string): string {
    return text
      .split(/([/:])/)
      .map((part) => (part === '/' || part === ':' ? part : this.of(part)))
      .join('');
  }

  #token(text: string): string {
    if (/^\d{12}$/.test(text)) return this.account(text);
    const [, prefix, digits] = AWS_ID.exec(text) ?? [];
    if (prefix !== undefined && digits !== undefined) return `${prefix}-${this.#hex(text, digits.length)}`;
    if (UUID.test(text)) return this.#hex(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return this.#address(text) ?? this.#name(text);
  }

  #address(text: string): string | undefined {
    const [, first = '', second = '', mask = ''] = IPV4.exec(text) ?? [];
    if (first !== '') return `${isPrivate(first, second) ? '10' : '240'}.${this.#bytes(text)}${mask}`;
    if (MAC.test(text)) return `02:${this.#hex(text, 10).replace(/..(?=.)/g, '$&:')}`;
    return IPV6.test(text) ? `2001:db8::${this.#hex(text, 8).replace(/.{4}(?=.)/, '$&:')}` : undefined;
  }

  /** Three bytes of an address. */
  #bytes(text: string): string {
    const pairs = this.#hex(text, 6).match(/../g) ?? [];
    return pairs.map((pair) => Number.parseInt(pair, 16)).join('.');
  }

  #name(text: string): string {
    return ['n', this.#hex(text, 12), ...new Set(environmentWordsOf(text))].join('-');
  }

  #hex(text: string, digits: number): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, digits);
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const IPV4 = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}(\/\d{1,2})?$/;
const IPV6 = /^(?=.*:.*:)[0-9a-f:]{3,39}(?:\/\d{1,3})?$/i;
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/** RFC 1918, section 3. */
const isPrivate = (first: string, second: string): boolean =>
  first === '10' || (first === '172' && Number(second) >= 16) || (first === '192' && second === '168');
