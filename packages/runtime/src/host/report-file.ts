import { createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** One file of a report directory, to be sent as it is. */
export interface ReportFile {
  readonly bytes: number;
  readonly stream: () => ReadableStream<Uint8Array>;
}

/** A name as our reports have them: no dot in front, so neither `..` nor a hidden file. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/;

/** Finds a file of a report directory by its path there; `undefined` when there is none, whatever else the path may lead to. */
export function findReportFile(dir: string, path: string): ReportFile | undefined {
  const names = path.split('/');
  if (names.length > 5 || !names.every((name) => NAME.test(name))) return undefined;
  const folders = names.slice(0, -1).map((_, n) => join(dir, ...names.slice(0, n + 1)));
  if (!folders.every((folder) => lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true))
    return undefined;
  const file = join(dir, ...names);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return undefined;
  return { bytes: stats.size, stream: () => streamOf(file) };
}

/** A file chunk by chunk, as fast as the reader takes it. */
function streamOf(path: string): ReadableStream<Uint8Array> {
  const file = createReadStream(path);
  const chunks: AsyncIterator<unknown> = file[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else if (value instanceof Uint8Array) controller.enqueue(value);
    },
    cancel: () => void file.destroy(),
  });
}
