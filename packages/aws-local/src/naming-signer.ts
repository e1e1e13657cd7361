import type { HttpRequest } from '@smithy/core/protocols';

/** What an SDK client takes as its `signer`. */
export interface NamingSigner {
  sign<Request extends Pick<HttpRequest, 'headers'>>(request: Request): Promise<Request>;
}

/**
 * Says who asks, in the header the gate reads, and signs nothing: aws-local admits who knows the access key id, and there is no
 * secret to sign with. A signature costs a hash of the body and four HMACs a request.
 */
export function namingSigner(accessKeyId: string): NamingSigner {
  return {
    sign(request) {
      request.headers['authorization'] = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/embedded`;
      return Promise.resolve(request);
    },
  };
}
