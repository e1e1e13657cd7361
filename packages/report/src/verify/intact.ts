import {
  claimedSigners,
  digestOf,
  type KeyId,
  openDocument,
  openTrustDocument,
  PAYLOAD_TYPE,
  type TrustStore,
} from '@infrafabric/protocol';
import { z } from 'zod';
import { PATHS, type ReportFolder } from '../folder.ts';
import { ManifestDocument } from '../session-document.ts';
import { attempt } from './attempt.ts';
import type { Problem } from './problem.ts';
import { shaped } from './shaped.ts';

/** A directory whose every byte is the one that was signed. */
export interface Intact {
  readonly trust: TrustStore;
  readonly manifest: ManifestDocument;
  readonly root: { readonly key_id: KeyId; readonly pinned: boolean };
  /** Files whose bytes are the signed ones, and whose hash is their name where a hash names them; evidence is not among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Lets go of the bytes of files whose path begins so; they are large, and were read for the last time. */
  readonly forget: (path: string) => void;
  /** Evidence that is as it was signed, by sha256 hex: read and hashed again when asked for. @throws RangeError when it changed since. */
  readonly evidence: ReadonlyMap<string, () => Promise<Uint8Array>>;
}

/**
 * Checks trust, manifest signature and every file's hash. Nothing in the directory is believed before this.
 *
 * Key validity is judged at the time the manifest was signed, so an old report stays valid after its keys expire.
 */
export async function readIntact(
  folder: ReportFolder,
  pinned: KeyId | undefined,
  problems: Problem[],
): Promise<Intact | undefined> {
  const paths = await folder.paths();
  const trustText = await readOr(folder, PATHS.trust, problems);
  const manifestText = await readOr(folder, PATHS.manifest, problems);
  if (trustText === undefined || manifestText === undefined) return undefined;
  const opened = openSigned(trustText, manifestText, pinned, problems);
  if (opened === undefined) return undefined;
  return { ...opened, ...(await compareFiles(folder, paths, opened.manifest, problems)) };
}

async function readOr(folder: ReportFolder, path: string, problems: Problem[]): Promise<Uint8Array | undefined> {
  try {
    return await folder.read(path);
  } catch {
    problems.push({ code: 'FILE_UNREADABLE', where: path, message: 'the file is not there or cannot be read' });
    return undefined;
  }
}

function openSigned(
  trustText: Uint8Array,
  manifestText: Uint8Array,
  pinned: KeyId | undefined,
  problems: Problem[],
): Pick<Intact, 'trust' | 'manifest' | 'root'> | undefined {
  const signedAtMs = attempt('MANIFEST_INVALID', PATHS.manifest, problems, () => signedAt(manifestText));
  const root = pinned ?? attempt('TRUST_INVALID', PATHS.trust, problems, () => claimedRoot(trustText));
  if (signedAtMs === undefined || root === undefined) return undefined;
  const trust = attempt(pinned === undefined ? 'TRUST_INVALID' : 'TRUST_ROOT', PATHS.trust, problems, () =>
    openTrustDocument(trustText, [root], signedAtMs),
  );
  if (trust === undefined) return undefined;
  const manifest = attempt('MANIFEST_INVALID', PATHS.manifest, problems, () => {
    const by = { trust, nowMs: signedAtMs, role: 'coordinator' } as const;
    return shaped(ManifestDocument, openDocument(manifestText, PAYLOAD_TYPE.manifest, by).payload);
  });
  return manifest === undefined ? undefined : { trust, manifest, root: { key_id: root, pinned: pinned !== undefined } };
}

function claimedRoot(trustText: Uint8Array): KeyId {
  const [claimed] = claimedSigners(trustText);
  if (claimed === undefined) throw new RangeError('the trust document has no signature');
  return claimed;
}

/** The time the manifest gives for itself; it is signed, and believed only once that signature holds. */
function signedAt(manifestText: Uint8Array): number {
  const document = shaped(SignedManifest, JSON.parse(new TextDecoder().decode(manifestText)));
  return document.payload.signed_at_ms;
}

const SignedManifest = z.object({ payload: ManifestDocument });

async function compareFiles(
  folder: ReportFolder,
  paths: readonly string[],
  manifest: ManifestDocument,
  problems: Problem[],
): Promise<Pick<Intact, 'files' | 'forget' | 'evidence'>> {
  const files = new Map<string, Uint8Array>();
  const evidence = new Map<string, () => Promise<Uint8Array>>();
  const there = new Set(paths);
  const listed = new Set([PATHS.manifest, ...manifest.files.map((file) => file.path)]);
  for (const path of paths.filter((one) => !listed.has(one)))
    problems.push({ code: 'FILE_EXTRA', where: path, message: 'the file is not in the signed manifest' });
  for (const file of manifest.files) {
    const { path } = file;
    if (!there.has(path)) {
      const message = 'the file is in the signed manifest and not in the folder';
      problems.push({ code: 'FILE_MISSING', where: path, message });
      continue;
    }
    const found = await readFile(folder, file, problems);
    if (found === undefined) continue;
    if (path.startsWith(PATHS.evidence)) evidence.set(path.slice(PATHS.evidence.length), () => readAgain(folder, file));
    else files.set(path, found);
  }
  const forget = (start: string): void => {
    for (const path of files.keys()) if (path.startsWith(start)) files.delete(path);
  };
  return { files, forget, evidence };
}

/** Evidence is large: it is not held from when it was first hashed, so its bytes are hashed again. */
async function readAgain(folder: ReportFolder, { path, sha256 }: ListedFile): Promise<Uint8Array> {
  const found = await folder.read(path);
  if (digestOf(found) === sha256) return found;
  throw new RangeError(`${path} changed while it was verified`);
}

type ListedFile = ManifestDocument['files'][number];

async function readFile(
  folder: ReportFolder,
  { path, bytes, sha256 }: ListedFile,
  problems: Problem[],
): Promise<Uint8Array | undefined> {
  const found = await readOr(folder, path, problems);
  if (found === undefined) return undefined;
  if (found.length !== bytes || digestOf(found) !== sha256) {
    problems.push({ code: 'FILE_CHANGED', where: path, message: 'the file is not the one that was signed' });
    return undefined;
  }
  const hex = nameHash(path);
  if (hex === undefined || sha256 === `sha256:${hex}`) return found;
  problems.push({ code: 'FILE_MISNAMED', where: path, message: 'the file is not named by its own hash' });
  return undefined;
}

/** The hash a file of these folders is named by. */
function nameHash(path: string): string | undefined {
  const folder = [PATHS.messages, PATHS.contents, PATHS.results, PATHS.evidence].find((one) => path.startsWith(one));
  return folder === undefined ? undefined : path.slice(folder.length).replace(/\.json$/, '');
}
