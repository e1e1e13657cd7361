import { z } from 'zod';

/** Names and targets as the schema writes them: any text, 1 to `most` characters. */
const text = (most: number): JSONSchema => ({ type: 'string', minLength: 1, maxLength: most });

/** CloudWatch units (CloudWatch API Reference, MetricDatum, 2026-11), as the pattern of the schema lists them. */
const UNITS =
  '^(Seconds|Microseconds|Milliseconds|Bytes|Kilobytes|Megabytes|Gigabytes|Terabytes|Bits|Kilobits|Megabits|Gigabits|Terabits|Percent|Count|Bytes\\/Second|Kilobytes\\/Second|Megabytes\\/Second|Gigabytes\\/Second|Terabytes\\/Second|Bits\\/Second|Kilobits\\/Second|Megabits\\/Second|Gigabits\\/Second|Terabits\\/Second|Count\\/Second|None)$';

/**
 * The JSON schema of a document of the Embedded Metric Format, transcribed from the CloudWatch User Guide, "Specification:
 * Embedded metric format", section "Embedded metric format example and JSON schema" (2026-11), with the limit its section
 * "MetricDirective object" adds in words: at most 100 metric definitions.
 */
const EMF_SCHEMA: JSONSchema = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: text(1024),
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', minItems: 0, maxItems: 30, items: text(250) },
              },
              Metrics: {
                type: 'array',
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: {
                    Name: text(1024),
                    Unit: { type: 'string', pattern: UNITS },
                    StorageResolution: { type: 'integer' },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

type JSONSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

const schema = z.fromJSONSchema(EMF_SCHEMA);

/** A document that the schema let pass. */
const Document = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
});

/** A metric that CloudWatch takes from a document. */
export interface EmfMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** By each set of dimensions the metric is recorded under. */
  readonly dimensions: readonly Readonly<Record<string, string>>[];
}

/**
 * What CloudWatch takes from a line. Beside the schema it holds what the sections "DimensionSet array" and "Target members"
 * say in words: targets are members of the root, a dimension a text of at most 1,024 characters, a metric a number or at
 * most 100 of them.
 *
 * @throws Error with what the line breaks.
 */
export function readEmf(line: string): EmfMetric[] {
  const value: unknown = JSON.parse(line);
  schema.parse(value);
  const document = Document.parse(value);
  return document['_aws'].CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.map(({ Name, Unit }) => ({
      namespace: Namespace,
      name: Name,
      unit: Unit,
      values: z
        .union([z.number().transform((one) => [one]), z.array(z.number()).min(1).max(100)])
        .parse(document[Name]),
      dimensions: Dimensions.map((set) =>
        Object.fromEntries(set.map((name) => [name, z.string().min(1).max(1024).parse(document[name])])),
      ),
    })),
  );
}
