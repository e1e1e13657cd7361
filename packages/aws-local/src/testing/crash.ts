/** What the crash test and its child process agree on. */
export const CRASH_NAMES = {
  queue: 'crash',
  queueUrl: 'http://aws-local.invalid/000000000000/crash',
  topic: 'crash',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:crash',
  table: 'crash',
  bucket: 'crash',
} as const;

/** Bytes that only their id explains, so that a torn or swapped value shows. */
export function crashBody(id: string, length: number): string {
  return `${id}|`.repeat(Math.ceil(length / (id.length + 1))).slice(0, length);
}
