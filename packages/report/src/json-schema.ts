import { z } from 'zod';
import { Report } from './model.ts';

/** The JSON Schema (2020-12) of report.json, as it is published. */
export function reportJsonSchema(): object {
  return {
    $id: 'urn:infrafabric:report:1',
    title: 'InfraFabric report.json',
    description:
      'A pure function of input bytes, options, date and table versions. Money is decimal strings; arrays are sorted.',
    ...z.toJSONSchema(Report, { target: 'draft-2020-12', unrepresentable: 'any', io: 'input' }),
  };
}
