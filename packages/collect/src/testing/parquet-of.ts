import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a CSV text as Parquet into a folder, every column as text. */
export async function parquetOf(home: string, text: string): Promise<string> {
  const [csv, path] = [join(home, `${Math.abs(hashOf(text))}.csv`), join(home, `${Math.abs(hashOf(text))}.parquet`)];
  await writeFile(csv, text);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM read_csv('${csv}', all_varchar = true)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const hashOf = (text: string): number =>
  Array.from(text).reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) | 0, 7);
