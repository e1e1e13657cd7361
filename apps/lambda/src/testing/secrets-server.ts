import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Secrets Manager of two secrets' worth: it answers GetSecretValue and refuses everything else. */
export interface SecretsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves secrets by their ARN on loopback, in the wire form of AWS JSON 1.1. */
export async function serveSecrets(secrets: ReadonlyMap<string, string>): Promise<SecretsServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { SecretId?: string };
      const secret = secrets.get(asked.SecretId ?? '');
      const isKnown = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && secret !== undefined;
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(
          isKnown ? { ARN: asked.SecretId, SecretString: secret } : { __type: 'ResourceNotFoundException' },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
