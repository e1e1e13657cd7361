import { randomUUID } from 'node:crypto';
import { AwsFault } from '../engine/fault.ts';
import { MAX_MESSAGE_ATTRIBUTES, type MessageAttribute, messageAttributesBytes } from '../sqs/message-attributes.ts';
import { checkMessageGroup, isSqsText } from '../sqs/send-actions.ts';
import { checkBatch } from '../sqs/batch.ts';
import type { Form } from '../wire/form.ts';
import { xmlElement } from '../wire/xml.ts';
import { invalidParameter } from './faults.ts';
import { passesFilter } from './filter-policy.ts';
import { notification } from './notification.ts';
import type { Publication } from './publication.ts';
import type { SnsState, SnsWork } from './state.ts';
import { COMMON_PARAMETERS } from '../wire/query.ts';
import type { Topic } from './topic.ts';

const MESSAGE_PARAMETERS: readonly string[] = ['Message', 'Subject', 'MessageAttributes', 'MessageGroupId'];

/** Publish and PublishBatch. */
export function publishActions(state: SnsState): Readonly<Record<string, SnsWork>> {
  return {
    Publish: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn', ...MESSAGE_PARAMETERS]);
      const topic = state.topics.existing(form.required('TopicArn'));
      return xmlElement('MessageId', publish(state, topic, publicationOf(form)));
    },
    PublishBatch: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn', 'PublishBatchRequestEntries']);
      const topic = state.topics.existing(form.required('TopicArn'));
      const entries = form.list('PublishBatchRequestEntries', 'Id').map((entry) => {
        entry.allowOnly(['Id', ...MESSAGE_PARAMETERS]);
        return { Id: entry.required('Id'), publication: publicationOf(entry) };
      });
      checkBatch(entries);
      if (entries.reduce((sum, entry) => sum + bytesOf(entry.publication), 0) > topic.maxMessageBytes) {
        throw new AwsFault(
          'BatchRequestTooLong',
          'The length of all the batch messages put together is more than the limit.',
        );
      }
      return publishEach(state, topic, entries);
    },
  };
}

function publishEach(
  state: SnsState,
  topic: Topic,
  entries: readonly { readonly Id: string; readonly publication: Publication }[],
): string {
  let successful = '';
  let failed = '';
  for (const { Id, publication } of entries) {
    try {
      const messageId = publish(state, topic, publication);
      successful += `<member>${xmlElement('Id', Id)}${xmlElement('MessageId', messageId)}</member>`;
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const detail = xmlElement('Code', error.code) + xmlElement('Message', error.message);
      failed += `<member>${xmlElement('Id', Id)}${detail}${xmlElement('SenderFault', true)}</member>`;
    }
  }
  return `<Successful>${successful}</Successful><Failed>${failed}</Failed>`;
}

/** Delivers to every subscribed queue whose filter passes; answers the message id. */
function publish(state: SnsState, topic: Topic, publication: Publication): string {
  checkPublication(topic, publication);
  const { message, attributes, group } = publication;
  const messageId = randomUUID();
  for (const subscription of state.subscriptions.of(topic.arn)) {
    if (subscription.filter !== undefined && !passesFilter(subscription.filter, attributes)) continue;
    if (!subscription.raw) {
      const body = notification(subscription, messageId, publication, state.clock.nowMs());
      state.sqs.deliver(subscription.endpoint, { body, attributes: {}, group });
    } else if (Object.keys(attributes).length <= MAX_MESSAGE_ATTRIBUTES) {
      state.sqs.deliver(subscription.endpoint, { body: message, attributes, group });
    }
  }
  return messageId;
}

function checkPublication(topic: Topic, publication: Publication): void {
  if (publication.message === '') throw invalidParameter('Empty message');
  if (bytesOf(publication) > topic.maxMessageBytes) throw invalidParameter('Message too long');
  if (!isSqsText(publication.message)) throw invalidParameter('Message Reason: characters that no queue accepts');
  for (const [name, attribute] of Object.entries(publication.attributes)) checkAttribute(name, attribute);
  if (publication.group !== undefined) checkMessageGroup(publication.group);
}

function checkAttribute(name: string, attribute: MessageAttribute): void {
  const type = attribute.DataType.split('.', 1)[0] ?? '';
  const value = type === 'Binary' ? attribute.BinaryValue : attribute.StringValue;
  if (!['String', 'Number', 'Binary'].includes(type) || value === undefined || value === '') {
    throw new AwsFault(
      'ParameterValueInvalid',
      `The message attribute '${name}' must contain a non-empty message attribute value of a known type.`,
    );
  }
  if (type === 'Number' && !Number.isFinite(Number(value))) {
    throw new AwsFault('ParameterValueInvalid', `Could not cast the message attribute '${name}' value to number.`);
  }
}

function publicationOf(form: Form): Publication {
  const attributes: Record<string, MessageAttribute> = {};
  for (const entry of form.list('MessageAttributes', 'Name')) {
    const [text, binary] = [entry.optional('Value.StringValue'), entry.optional('Value.BinaryValue')];
    attributes[entry.required('Name')] = {
      DataType: entry.required('Value.DataType'),
      ...(text === undefined ? {} : { StringValue: text }),
      ...(binary === undefined ? {} : { BinaryValue: binary }),
    };
  }
  return {
    message: form.optional('Message') ?? '',
    subject: form.optional('Subject'),
    attributes,
    group: form.optional('MessageGroupId'),
  };
}

function bytesOf(publication: Publication): number {
  return Buffer.byteLength(publication.message) + messageAttributesBytes(publication.attributes);
}
