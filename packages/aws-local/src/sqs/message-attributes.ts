import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';

/** One message attribute as SQS carries it; `BinaryValue` is base64. */
export const MessageAttribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
export type MessageAttribute = z.infer<typeof MessageAttribute>;

/** Message attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message of SQS has at most this many attributes. Source: SQS developer guide, message metadata (2026-11). */
export const MAX_MESSAGE_ATTRIBUTES = 10;

/** @throws AwsFault `InvalidParameterValue` for a bad name, type or value, or too many attributes. */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const names = Object.keys(attributes);
  if (names.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  }
  for (const name of names) {
    if (!/^[\w.-]{1,256}$/.test(name)) throw invalid(`Invalid message attribute name ${name}.`);
    checkValue(name, attributes[name]);
  }
}

/** Bytes that names, types and values of the attributes count for. */
export function messageAttributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const name in attributes) {
    const attribute = attributes[name];
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute?.DataType ?? '');
    bytes += Buffer.byteLength(attribute?.StringValue ?? '');
    bytes += Buffer.byteLength(attribute?.BinaryValue ?? '', 'base64');
  }
  return bytes;
}

/**
 * The MD5 that SDK clients compare: names in order, each part with its length in four bytes.
 * Source: SQS developer guide, calculating the MD5 message digest for message attributes (2026-11).
 */
export function messageAttributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    part(Buffer.from(name));
    part(Buffer.from(attribute?.DataType ?? ''));
    const binary = attribute?.BinaryValue !== undefined;
    hash.update(Buffer.of(binary ? 2 : 1));
    part(Buffer.from((binary ? attribute?.BinaryValue : attribute?.StringValue) ?? '', binary ? 'base64' : 'utf8'));
  }
  return hash.digest('hex');
}

/** The attributes a receiver asked for: by name, by `prefix.*`, or all with `All` or `.*`. */
export function askedAttributes(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const wanted = (name: string): boolean =>
    asked.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === '.*' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}

function checkValue(name: string, attribute: MessageAttribute | undefined): void {
  const type = attribute?.DataType.split('.', 1)[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(type)) {
    throw invalid(`The type of message attribute ${name} must be String, Number or Binary.`);
  }
  const value = type === 'Binary' ? attribute?.BinaryValue : attribute?.StringValue;
  if (value === undefined || value === '') {
    throw invalid(`The message attribute ${name} must contain a non-empty value of its type.`);
  }
  if (type === 'Number' && !Number.isFinite(Number(value))) {
    throw invalid(`Can't cast the value of message attribute ${name} to a number.`);
  }
}

function invalid(reason: string): AwsFault {
  return new AwsFault('InvalidParameterValue', reason);
}
