import { canonicalBytes, canonicalJson, contentRef } from '../src/index.ts';
import type { BusCode } from '../src/protocol-error.ts';
import { aRequest, type Swarm } from '../src/testing/index.ts';
import { signed } from './signed.ts';

/** A message whose content travels beside it: opened, or refused with the code. */
export interface ClaimVector {
  readonly name: string;
  readonly code: BusCode | 'opened';
  readonly receivers: readonly string[];
  readonly wire: string;
  /** The folder of the session's blobs; content is nowhere else. */
  readonly folder: string;
  /** The object of the name the wire gives, or null where there is none. */
  readonly object_base64: string | null;
}

/** The one content that opens, and every way other content is refused. */
export function claimsOf(swarm: Swarm): ClaimVector[] {
  const { content } = aRequest(swarm);
  const budget = { ...content, task: { ...content.task, type: 'budget.account' } };
  const claim = (name: string, code: ClaimVector['code'], said: object | string, over: object = {}): ClaimVector => {
    const bytes = Buffer.from(typeof said === 'string' ? said : canonicalBytes(JSON.parse(JSON.stringify(said))));
    const content_ref = { ...contentRef(bytes, folderOf(swarm)), ...over };
    const wire = signed(swarm, { content: undefined, content_ref });
    return { name, code, receivers: ['if://role/pricing'], wire, folder: folderOf(swarm), object_base64: bytes.toString('base64') };
  };
  const elsewhere = (from: string, to: string): object => ({ uri: refTo(swarm, content).uri.replace(from, to) });
  return [
    claim('content beside a request', 'opened', content),
    claim('another scheme', 'CLAIM_URI_FORBIDDEN', content, elsewhere('s3:', 'https:')),
    claim('another bucket', 'CLAIM_URI_FORBIDDEN', content, elsewhere('results', 'others')),
    claim('another tenant', 'CLAIM_URI_FORBIDDEN', content, elsewhere('/acme/', '/other/')),
    claim('another session', 'CLAIM_URI_FORBIDDEN', content, elsewhere('/s/s-', '/s/s-1')),
    claim('a way out of the folder', 'CLAIM_URI_FORBIDDEN', content, elsewhere('/blob/', '/blob/../')),
    claim('a size of 33,554,433', 'CLAIM_TOO_LARGE', content, { size: 33_554_433 }),
    { ...claim('no object', 'CLAIM_MISSING', content), object_base64: null },
    claim('another size', 'CLAIM_HASH_MISMATCH', content, { size: 1 }),
    { ...claim('other bytes', 'CLAIM_HASH_MISMATCH', content), object_base64: 'e30=' },
    claim('content with a space', 'BUS_NOT_CANONICAL', ` ${canonicalJson(content)}`),
    claim('content of another schema', 'BUS_SCHEMA', { ...content, colour: 'red' }),
    claim('a task type of another role', 'BUS_ROLE_FORBIDDEN', budget),
  ];
}

const folderOf = ({ session }: Swarm): string => `s3://results/t/acme/s/${session}/blob/`;

/** The reference to content kept in the folder of the swarm's session. */
export function refTo(swarm: Swarm, content: object): ReturnType<typeof contentRef> {
  return contentRef(canonicalBytes(JSON.parse(JSON.stringify(content))), folderOf(swarm));
}
