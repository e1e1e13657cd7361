import { KeyId, openTrustDocument, type Role, signerFromSeed } from '@infrafabric/protocol';
import { z } from 'zod';
import { RuntimeError } from '../errors.ts';
import type { Keys } from '../keys/open-keys.ts';

/** What a key secret holds: the seed of one role's key, and what tells whom to believe. */
const KeySecret = z.strictObject({
  seed: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  root_key_id: KeyId,
  trust: z.string().min(1),
});

/**
 * The keys of a function: it can sign as its own role and as nobody else.
 *
 * @throws RuntimeError `KEY_SECRET_INVALID`; ProtocolError when the trust document does not verify under the root key.
 */
export async function openDeployedKeys(secretArn: string, role: Role, nowMs: number): Promise<Keys> {
  const { seed, root_key_id: rootKeyId, trust: trustText } = readSecret(secretArn, await secretText(secretArn));
  const signer = signerFromSeed(Buffer.from(seed, 'base64url'));
  const trust = openTrustDocument(trustText, [rootKeyId], nowMs);
  if (trust.keys.get(signer.keyId)?.roles.includes(role) !== true) {
    throw invalid(secretArn, `expected a key the trust document gives to ${role}, got another`);
  }
  return {
    rootKeyId,
    trust,
    trustText,
    signerOf: (wanted) => {
      if (wanted === role) return signer;
      throw new RuntimeError('KEY_MISSING', { message: `this function holds the key of ${role} alone`, where: wanted });
    },
  };
}

/** The keys of a function that has no role: it signs nothing and verifies nothing. */
export const noKeys: Keys = {
  get rootKeyId(): never {
    throw noKey();
  },
  get trust(): never {
    throw noKey();
  },
  get trustText(): never {
    throw noKey();
  },
  signerOf: (wanted) => {
    throw noKey(wanted);
  },
};

const noKey = (where?: string): RuntimeError =>
  new RuntimeError('KEY_MISSING', { message: 'this function holds no key', where });

async function secretText(SecretId: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ maxAttempts: 8 });
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
  } finally {
    client.destroy();
  }
}

function readSecret(secretArn: string, text: string): z.infer<typeof KeySecret> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(secretArn, 'expected JSON, got something else');
  }
  const secret = KeySecret.safeParse(value);
  if (secret.success) return secret.data;
  throw invalid(
    secretArn,
    `expected seed, root_key_id and trust, got a wrong ${secret.error.issues[0]?.path.join('/')}`,
  );
}

function invalid(where: string, message: string): RuntimeError {
  return new RuntimeError('KEY_SECRET_INVALID', {
    message,
    where,
    fix: 'infrafabric keys secret ROLE prints what the secret is to hold',
  });
}
