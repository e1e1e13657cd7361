import { CollectError } from '../errors.ts';
import { printableName } from '../estate/file-name.ts';
import type { FoundBill } from './bill-file.ts';
import { type ExportManifest, isManifest, readManifest } from './export-manifest.ts';
import { latestSnapshots, periodOf, snapshotOf } from './snapshot.ts';

/** A file below a folder; `name` is its path there, with forward slashes. */
export type ExportFile = FoundBill;

/** The files that are the bill now, and the others with the reason. */
export interface CurrentFiles {
  readonly files: ExportFile[];
  readonly unused: { readonly name: string; readonly reason: string }[];
}

/**
 * Picks from a folder the files that are the bill as it stands now.
 *
 * Where there are manifests, exactly what the current manifest of each export and billing period lists counts: that of the
 * period's own folder, which AWS writes last, else the latest of those kept by execution. Where there are none, the latest
 * of the snapshot folders of a period counts; files in no snapshot folder all do.
 * Source: AWS Data Exports user guide, "Understanding export delivery"; AWS CUR user guide, "Understanding your report
 * versions"; read 2026-11.
 * @throws CollectError `INPUT_NOT_FOUND` for a file that a manifest lists and the folder does not have,
 *   `SNAPSHOT_AMBIGUOUS`, `INPUT_LINE_SHAPE` for a manifest that is no JSON of theirs.
 */
export async function currentFiles(files: readonly ExportFile[], label: string): Promise<CurrentFiles> {
  const data = files.filter((file) => DATA.test(file.name));
  const manifests = await Promise.all(files.filter((file) => isManifest(file.name)).map(readManifest));
  const listing = manifests.filter((manifest) => manifest !== undefined);
  const chosen = listing.length > 0 ? listed(data, listing) : latestSnapshots(data, label);
  const used = new Set(chosen);
  return {
    files: data.filter((file) => used.has(file)),
    unused: files
      .filter((file) => !used.has(file))
      .map(({ name }) => ({ name: printableName(name), reason: reasonOf(name) })),
  };
}

const DATA = /\.(csv|csv\.gz|gz|zip|parquet)$/i;

function reasonOf(name: string): string {
  if (isManifest(name)) return 'the manifest of an export';
  return DATA.test(name) ? 'not of the latest snapshot' : 'no bill by its name';
}

function listed(data: readonly ExportFile[], manifests: readonly ExportManifest[]): ExportFile[] {
  const periods = Map.groupBy(manifests, ({ name, period }) => `${exportOf(name)}|${period}`);
  return [...periods.values()].flatMap((group) => {
    const manifest = currentManifest(group);
    return manifest.keys.map((key) => find(data, key, manifest.name));
  });
}

/** The export a manifest belongs to: its path without the folders of period and execution. */
function exportOf(name: string): string {
  const folders = name.split('/').slice(0, -1);
  const end = folders.findIndex(
    (folder) => folder === 'metadata' || folder === 'data' || periodOf(folder) !== undefined,
  );
  return folders.slice(0, end < 0 ? folders.length : end).join('/');
}

const depth = ({ name }: ExportManifest): number => name.split('/').length;

function currentManifest(group: readonly ExportManifest[]): ExportManifest {
  const shallowest = Math.min(...group.map(depth));
  const top = group.filter((manifest) => depth(manifest) === shallowest);
  const [only] = top;
  if (top.length === 1 && only !== undefined) return only;
  const dated = top.toSorted((a, b) => ((snapshotOf(a.name) ?? '') < (snapshotOf(b.name) ?? '') ? 1 : -1));
  const [latest, next] = dated.map((manifest) => snapshotOf(manifest.name));
  const [manifest] = dated;
  if (manifest !== undefined && latest !== undefined && latest !== next) return manifest;
  throw new CollectError('SNAPSHOT_AMBIGUOUS', {
    message: `expected one current manifest of a billing period, got ${top.length} without a date in their folder`,
    where: printableName(only?.name ?? ''),
    fix: "download the manifest of the period's own folder too, or leave only one snapshot",
  });
}

/**
 * The file that a key of the bucket is: the one whose path the key ends with, the longest first; else the one at the same
 * place of the same export, for a person may have renamed what is above.
 */
function find(data: readonly ExportFile[], key: string, manifest: string): ExportFile {
  const found = data
    .filter((file) => key === file.name || key.endsWith(`/${file.name}`) || file.name.endsWith(`/${key}`))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  const owner = exportOf(manifest);
  const near = found ?? data.find((file) => exportOf(file.name) === owner && inExport(file.name) === inExport(key));
  if (near !== undefined) return near;
  throw new CollectError('INPUT_NOT_FOUND', {
    message: `expected every file the manifest lists, got none for ${printableName(key.split('/').slice(-2).join('/'))}`,
    where: printableName(manifest),
    fix: 'download the export whole, with the folders it has in the bucket',
  });
}

/** A path from the folder of its billing period on. */
function inExport(path: string): string {
  const folders = path.split('/');
  return folders
    .slice(
      Math.max(
        0,
        folders.findIndex((folder) => periodOf(folder) !== undefined),
      ),
    )
    .join('/');
}
