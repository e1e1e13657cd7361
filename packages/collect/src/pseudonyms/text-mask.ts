import plainWords from '../../data/plain-words.json' with { type: 'json' };
import type { Handles } from './handles.ts';
import { isKeptForm } from './kept.ts';

/** Replaces what names an account and its things in running text, and puts it back. */
export interface TextMask {
  /** The text with a handle in the place of every word that is not known to say nothing about an account. */
  readonly mask: (text: string) => string;
  /** The text with the names of all handles this mask has given. */
  readonly unmask: (text: string) => string;
}

/** What a mask is told about the words of a text. */
export interface Vocabulary {
  /** Names that are replaced also where they are plain words: ids and names of resources, accounts. */
  readonly names: Iterable<string>;
  /** Words of the product besides plain English: names of services, ids of rules, columns. */
  readonly ours: Iterable<string>;
}

/**
 * A mask for sentences of ours about resources: a word stays when it is plain English, a word of ours, a number, a time, a type
 * or a place; all else is a handle. So a name nobody thought of leaks nothing, and a plain word too much is only a handle.
 */
export function openTextMask(handles: Handles, { names, ours }: Vocabulary): TextMask {
  const secret = new Set([...names].filter((name) => name.length > 1 && !isNumber(name)));
  const known = new Set([...ours].flatMap((text) => [text, ...text.split(/\s+/)]));
  const spaced = [...secret].filter((name) => !isToken(name)).sort((a, b) => b.length - a.length);
  const real = new Map<string, string>();
  const handleOf = (name: string): string => {
    const handle = handles.of(name);
    if (handle !== name) real.set(handle, name);
    return handle;
  };
  const isPlain = (token: string): boolean => real.has(token) || known.has(token) || isOfNobody(token);
  return {
    mask(text) {
      const whole = spaced.reduce((masked, name) => masked.replaceAll(name, () => handleOf(name)), text);
      return whole.replaceAll(TOKEN, (token) => (!secret.has(token) && isPlain(token) ? token : handleOf(token)));
    },
    unmask: (text) => text.replaceAll(TOKEN, (token) => real.get(token) ?? token),
  };
}

/** Plain English: the words of the product's own prose (documentation, comments, sentences of rules), none of a sample. */
const PLAIN: ReadonlySet<string> = new Set(plainWords.words);

/** Whether a word is plain English, in small letters or with a capital in front. */
export function isPlainWord(word: string): boolean {
  const lower = word.toLowerCase();
  return PLAIN.has(lower) && (word === lower || word === capital(lower));
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A word as it is replaced: with the marks ids, paths, addresses and ARNs have inside, without the full stop behind it. */
const TOKEN = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.:/@=+*#%$&~-]*[\p{L}\p{N}_%])?/gu;

const isToken = (name: string): boolean => name.replace(TOKEN, '') === '';

/** An amount, a count, a share or an ordinal; twelve digits in a row are an account. */
const isNumber = (text: string): boolean => /^\d{1,3}(?:,\d{3})*(?:\.\d+)?%?$|^\d{1,9}(?:\.\d+)?%?$/.test(text);

/** Terms of AWS and of units with digits or capitals inside. */
const TERMS = new Set(
  'AWS USD CPU GB GiB MB MiB TB TiB KB KiB IOPS MiB/s MB/s EC2 S3 RDS EKS EBS ECS EFS ELB VPC NAT IP SNS SQS KMS gp2 gp3 io1 io2 st1 sc1 IPv4 IPv6 x86 x86_64 arm64 ARM DynamoDB CloudWatch ElastiCache OpenSearch SageMaker PostgreSQL MySQL MariaDB GPU AZ AZs RCU WCU USD/month USD/hour GB-month GiB-month AMI ACU UTC MB/day GB/day operations/day requests/day P50 P90 P95 P99 P99.5 AL2 AL2023 this-week'.split(
    ' ',
  ),
);

function isOfNobody(token: string): boolean {
  if (TERMS.has(token) || isNumber(token) || /^[aAI]$/.test(token)) return true;
  if (isPlainWord(token)) return true;
  if (
    /^\d{4}-\d{2}$|^(?:nodejs|python|java|dotnet|dotnetcore|ruby|go|provided)\d*(?:\.\d+)?(?:\.x|\.al2(?:023)?)?$/.test(
      token,
    )
  )
    return true;
  return /\d/.test(token) && isKeptForm(token) && !/^\d{10,}$/.test(token);
}
