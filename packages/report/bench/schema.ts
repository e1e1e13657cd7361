/* Publishes the JSON Schema of report.json in docs. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportJsonSchema } from '../src/json-schema.ts';

const path = resolve(import.meta.dirname, '../../../docs/report.schema.json');
writeFileSync(path, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
