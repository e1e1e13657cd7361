import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import type { Asked, Behave, Behaviour } from './behaviour.ts';

/** A mind that says what the claims say, word for word, and reads a question by its first fitting meaning. */
export const honest: Behave = (asked) => answer(answerTo(asked));

/** An answer of sentences, as every prompt of the narrative wants it. */
export function sentences(
  ...said: readonly { readonly text: string; readonly claims: readonly string[] }[]
): Behaviour {
  return answer({ sentences: said });
}

/** An answer of any JSON. */
export function answer(value: unknown): Behaviour {
  return { kind: 'answer', text: JSON.stringify(value) };
}

/** The claims of a request by their short names. */
export function claimsOf({ data }: Asked): JsonObject[] {
  return listOf(data?.['claims']).filter((claim) => isJsonObject(claim));
}

/** How many claims the honest mind repeats. */
const REPEATED = 5;

function answerTo(asked: Asked): unknown {
  if (asked.data !== undefined && 'question' in asked.data) return planOf(asked.data);
  const said = claimsOf(asked).slice(0, REPEATED);
  return { sentences: said.map(({ id, statement }) => ({ text: statement, claims: [id] })) };
}

function planOf({ question, intents }: JsonObject): unknown {
  const words = String(question)
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 3);
  const meanings = Object.entries(isJsonObject(intents ?? null) ? Object(intents) : {});
  const fitting = meanings.find(([, meaning]) => words.some((word) => String(meaning).includes(word)));
  return { intent: fitting?.[0] ?? 'none', service: null, by: null };
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
