import type { InputFile, InputManifest } from '@infrafabric/finops';
import type { EvidenceId } from '@infrafabric/protocol';
import type { Problem } from './problem.ts';

/**
 * Makes the extracts of an input again from the reader's own copy, found by the sha256 of the file; `undefined` when the reader
 * has none. The ids are those of the bytes made.
 */
export type RemakeExtract = (file: InputFile) => Promise<readonly EvidenceId[] | undefined>;

/**
 * Which evidence is an extract that nobody has compared with the whole: the merged lines of bills too large to travel.
 *
 * Where the reader has the whole, the extracts are made again: the same bytes are as good as the whole, others a problem.
 */
export async function unprovenExtracts(
  { files }: InputManifest,
  remake: RemakeExtract | undefined,
  problems: Problem[],
): Promise<ReadonlySet<string>> {
  const unproven = new Set<string>();
  for (const file of files) {
    if (file.resources === undefined) continue;
    const extracts = [file.evidence, file.resources];
    const again = await remake?.(file);
    if (again === undefined) for (const id of extracts) unproven.add(id);
    else if (!extracts.every((id) => again.includes(id))) {
      const message = 'the lines merged from the file are not those the report was made of';
      problems.push({ code: 'EXTRACT_DIFFERS', where: file.name, message });
    }
  }
  return unproven;
}
