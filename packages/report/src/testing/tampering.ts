import {
  digestOf,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type KeyId,
  PAYLOAD_TYPE,
  signDocument,
  type Signer,
} from '@infrafabric/protocol';
import { folderOf, PATHS } from '../folder.ts';
import type { VerifyOutcome } from '../verify/problem.ts';
import { verify } from '../verify/verify.ts';
import type { TestSession } from './signed-folder.ts';

/** Text and back, for tests that change a file. */
export const textOf = (files: ReadonlyMap<string, Uint8Array>, path: string): string =>
  new TextDecoder().decode(files.get(path));

/** The payload of a signed document in a folder. */
export function payloadOf(files: ReadonlyMap<string, Uint8Array>, path: string): JsonObject {
  const document: JsonValue = JSON.parse(textOf(files, path));
  const payload = isJsonObject(document) ? document['payload'] : undefined;
  if (isJsonObject(payload)) return payload;
  throw new TypeError(`expected a signed document at ${path}, got another text`);
}

/** Writes a text into a folder. */
export const put = (files: Map<string, Uint8Array>, path: string, text: string): void =>
  void files.set(path, new TextEncoder().encode(text));

/** Signs the manifest of a changed folder again, as someone who holds the coordinator's key can. */
export function signAgain(files: Map<string, Uint8Array>, session: TestSession, signer?: Signer): void {
  const manifest = payloadOf(files, PATHS.manifest);
  files.delete(PATHS.manifest);
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: digestOf(bytes) }));
  const by = signer ?? session.swarm.agents.coordinator.signer;
  put(files, PATHS.manifest, signDocument(PAYLOAD_TYPE.manifest, { ...manifest, files: listed }, by));
}

/** Verifies a folder at the time it was signed, against its own root unless another is given. */
export function verified(
  files: ReadonlyMap<string, Uint8Array>,
  session: TestSession,
  options: {
    root?: KeyId | undefined;
    nowMs?: number;
    findInput?: (hex: string) => Promise<Uint8Array | undefined>;
  } = {},
): Promise<VerifyOutcome> {
  return verify(folderOf(files), { root: session.swarm.root.keyId, nowMs: session.swarm.nowMs, ...options });
}

/** What is wrong, as `CODE where`. */
export const problemsOf = ({ problems }: VerifyOutcome): string[] =>
  problems.map((problem) => `${problem.code} ${problem.where}`);
