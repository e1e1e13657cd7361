import { displayFigure } from '@infrafabric/finops';
import type { Figure } from '@infrafabric/protocol';
import { html } from '../text-safety.ts';

/** Text that is not ours: escaped, and kept from reordering what stands around it. */
export const foreign = (text: string): string => `<bdi>${html(text)}</bdi>`;

/** An id, a hash, a path or a rule: foreign text in the fixed-width face. */
export const code = (text: string): string => `<code><bdi>${html(text)}</bdi></code>`;

/** A decimal with its thousands apart: 12345.60 is 12,345.60. What is no plain decimal stays as it is. */
export function grouped(value: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)((?:\.\d+)?)(?=$|\s)/.exec(value) ?? [];
  if (whole === '') return html(value);
  const tail = value.slice(sign.length + whole.length + rest.length);
  return html(`${sign === '' ? '' : '−'}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${rest}${tail}`);
}

/** A figure as a reader sees it, thousands apart. */
export const shownFigure = (figure: Pick<Figure, 'value' | 'unit'>): string => grouped(displayFigure(figure));

/** Bytes in the unit a person would say. */
export function shownBytes(bytes: number): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3;
  const unit = ['bytes', 'KiB', 'MiB', 'GiB'][step] ?? '';
  return step === 0 ? `${bytes} ${unit}` : `${(bytes / 1024 ** step).toFixed(1)} ${unit}`;
}

/** `1 finding`, `2 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(String(count))} ${count === 1 ? one : many}`;

/** A section of the page with its heading and, small beside it, how much is in it. */
export function section(id: string, title: string, aside: string, body: string): string {
  const note = aside === '' ? '' : ` <span class="aside">${aside}</span>`;
  return `<section id="${id}"><h2>${title}${note}</h2>\n${body}\n</section>`;
}

/** A cell that names its column on a narrow screen, and how it sorts. */
export function cell(label: string, body: string, options: { kind?: string; key?: string } = {}): string {
  const kind = options.kind === undefined ? '' : ` class="${options.kind}"`;
  const key = options.key === undefined ? '' : ` data-key="${html(options.key)}"`;
  return `<td data-label="${label}"${kind}${key}>${body}</td>`;
}
