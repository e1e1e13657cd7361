/** An event as a stream of server-sent events carries it. */
export interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of what a stream has sent so far; the last one only when it is whole. */
export function heardIn(text: string): Heard[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.filter((block) => !block.startsWith(':')).map(heardOf);
}

function heardOf(block: string): Heard {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) };
}
