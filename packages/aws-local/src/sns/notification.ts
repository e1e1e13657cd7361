import { REGION } from '../engine/identity.ts';
import type { Publication } from './publication.ts';
import type { Subscription } from './subscription.ts';

/**
 * The JSON document a queue receives without raw delivery. Its signature proves nothing: nobody here can sign as AWS.
 * Source: SNS developer guide, HTTP/S notification JSON format (2026-11).
 */
export function notification(
  subscription: Subscription,
  messageId: string,
  publication: Publication,
  nowMs: number,
): string {
  const host = `https://sns.${REGION}.amazonaws.com`;
  const attributes = Object.entries(publication.attributes).map(([name, attribute]) => [
    name,
    { Type: attribute.DataType, Value: attribute.StringValue ?? attribute.BinaryValue },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: subscription.topic,
    ...(publication.subject === undefined ? {} : { Subject: publication.subject }),
    Message: publication.message,
    Timestamp: new Date(nowMs).toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `${host}/SimpleNotificationService.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(attributes) }),
  });
}
