import type { JsonObject } from '@infrafabric/protocol';
import type { Usage } from './model-table.ts';

/** What a driver sends: instructions of ours, data that is nobody's instruction, and the shape of the answer. */
export interface ModelRequest {
  readonly model: string;
  readonly system: string;
  /** The one message of the user. */
  readonly text: string;
  /** JSON Schema of the answer. */
  readonly schema: JsonObject;
  readonly maxTokens: number;
  /** Sent only to models that take it. */
  readonly effort?: 'low';
}

/** What a provider answered. */
export interface ModelReply {
  readonly text: string;
  readonly stopReason: 'end' | 'length' | 'refusal' | 'other';
  readonly usage: Usage;
}

/** The port: asks one provider once. It neither waits, repeats nor counts money. */
export interface ModelDriver {
  readonly name: 'anthropic' | 'bedrock' | 'none';
  /** Where requests go, for the person who is told before the first one. */
  readonly endpoint: () => Promise<string>;
  /** @throws LlmError as the provider answered; `isUnpaid` when it said so itself. */
  readonly complete: (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>;
  readonly close: () => void;
}
