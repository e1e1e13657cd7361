/** A policy document of IAM's grammar, as far as a queue needs it. */
export interface QueuePolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow' | 'Deny';
    readonly Principal: '*' | { readonly Service: string };
    readonly Action: string;
    readonly Resource: string;
    readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/**
 * Who may reach a queue from outside its account's own roles: the topic, and nobody without TLS.
 *
 * A dead-letter queue has the same policy: SNS puts there what it could not deliver.
 */
export function queuePolicy(queueArn: string, topicArn: string): QueuePolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TheTopicSends',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queueArn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}
