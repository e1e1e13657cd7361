import { HttpRequest } from '@smithy/core/protocols';

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
      request.headers['authorization'] = naming(accessKeyId);
      return Promise.resolve(request);
    },
  };
}

/** What the clients have in common here. */
interface SigningClient {
  readonly middlewareStack: { add(middleware: unknown, options: object): void; remove(name: string): boolean };
}

/** Says the same without the steps that choose how to sign and who; for the clients whose calls are many. */
export function nameInsteadOfSigning(accessKeyId: string, ...clients: readonly SigningClient[]): void {
  const authorization = naming(accessKeyId);
  const step =
    <Answer>(next: (args: { request: unknown }) => Answer) =>
    (args: { request: unknown }): Answer => {
      if (HttpRequest.isInstance(args.request)) args.request.headers['authorization'] = authorization;
      return next(args);
    };
  for (const { middlewareStack } of clients) {
    middlewareStack.remove('httpAuthSchemeMiddleware');
    middlewareStack.remove('httpSigningMiddleware');
    middlewareStack.add(step, { name: 'nameCaller', step: 'finalizeRequest' });
  }
}

function naming(accessKeyId: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/embedded`;
}
