import type { InputFile } from '@infrafabric/finops';
import { sha256Hex } from '@infrafabric/protocol';
import { parseCsv } from '../csv.ts';
import type { EvidenceSink } from '../estate/read-estate.ts';
import { checkBill } from './bill-check.ts';
import { readBillFile } from './bill-file.ts';
import { checkBillFormat } from './bill-format.ts';
import { redactBill } from './redact-bill.ts';

/**
 * Reads one bill, a FOCUS 1.0 CSV file of at most 64 MiB, checks it whole and stores its bytes as evidence.
 * Secrets in its cells are replaced first; then the stored bytes differ from the file, and only then.
 *
 * Nothing is stored when anything is wrong. Values are checked here, so a task that reads the evidence meets good ones.
 * @throws CollectError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_NOT_REGULAR`, `INPUT_EMPTY`, `INPUT_TOO_LARGE`,
 *   `INPUT_CHANGED`, `INPUT_FORMAT_UNKNOWN`, `INPUT_ENCODING`, `INPUT_NO_ROWS`, `CSV_ROW_SHAPE`, `SCHEMA_COLUMN_DUPLICATE`,
 *   `SCHEMA_COLUMN_MISSING`, `VALUE_NOT_DECIMAL`, `VALUE_DATE_RANGE`, `CURRENCY_MIXED`.
 */
export async function readBill(path: string, sink: EvidenceSink): Promise<InputFile> {
  const { name, bytes } = await readBillFile(path);
  checkBillFormat(bytes, name);
  const table = parseCsv(bytes, name);
  checkBill(table, name);
  const stored = redactBill(bytes, table);
  const { id } = await sink.put(stored.bytes);
  const { redactions } = stored;
  return { kind: 'bill', name, sha256: sha256Hex(bytes), bytes: bytes.length, evidence: id, redactions };
}
