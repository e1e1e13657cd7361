import { notImplemented } from '../engine/fault.ts';
import { ACCOUNT } from '../engine/identity.ts';
import { xmlElement } from '../wire/xml.ts';
import { invalidParameter } from './faults.ts';
import type { SnsState, SnsWork } from './state.ts';
import { COMMON_PARAMETERS } from '../wire/query.ts';
import { topicArn } from './topic.ts';

/** ListTopics and ListSubscriptionsByTopic answer this many at a time. Source: SNS API reference (2026-11). */
export const PAGE_SIZE = 100;

/** CreateTopic, DeleteTopic, ListTopics, GetTopicAttributes and SetTopicAttributes. */
export function topicActions({ topics, subscriptions }: SnsState): Readonly<Record<string, SnsWork>> {
  return {
    CreateTopic: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'Name', 'Attributes']);
      const arn = topicArn(checkedName(form.required('Name')));
      const attributes = form.map('Attributes');
      for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
      const existing = topics.find(arn);
      if (existing === undefined) topics.put(arn, attributes);
      else if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
        throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
      }
      return xmlElement('TopicArn', arn);
    },
    DeleteTopic: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn']);
      topics.delete(form.required('TopicArn'));
      subscriptions.deleteOf(form.required('TopicArn'));
      return '';
    },
    ListTopics: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'NextToken']);
      const arns = topics.arns(form.optional('NextToken') ?? '', PAGE_SIZE + 1);
      const shown = arns.slice(0, PAGE_SIZE);
      const members = shown.map((arn) => `<member>${xmlElement('TopicArn', arn)}</member>`).join('');
      return `<Topics>${members}</Topics>${arns.length > PAGE_SIZE ? xmlElement('NextToken', shown.at(-1)) : ''}`;
    },
    GetTopicAttributes: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn']);
      const topic = topics.existing(form.required('TopicArn'));
      return attributesXml({
        TopicArn: topic.arn,
        Owner: ACCOUNT,
        SubscriptionsConfirmed: String(subscriptions.of(topic.arn).length),
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
        ...topic.attributes,
      });
    },
    SetTopicAttributes: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn', 'AttributeName', 'AttributeValue']);
      const topic = topics.existing(form.required('TopicArn'));
      const name = form.required('AttributeName');
      const value = form.optional('AttributeValue') ?? '';
      checkAttribute(name, value);
      topics.put(topic.arn, { ...topic.attributes, [name]: value });
      return '';
    },
  };
}

/** Attributes as SNS lists them. */
export function attributesXml(attributes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(attributes).map(
    ([name, value]) => `<entry>${xmlElement('key', name)}${xmlElement('value', value)}</entry>`,
  );
  return `<Attributes>${entries.join('')}</Attributes>`;
}

function checkedName(name: string): string {
  if (name.endsWith('.fifo')) throw notImplemented('FIFO topics (a topic Name that ends in .fifo)');
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  return name;
}

/** Kept but without effect: the display name is for e-mail, and the policy guards a topic nobody else can reach. */
const STORED_ONLY: ReadonlySet<string> = new Set(['DisplayName', 'Policy']);

function checkAttribute(name: string, value: string): void {
  if (name === 'MaximumMessageSize') {
    if (/^\d+$/.test(value) && Number(value) >= 1024 && Number(value) <= 1_048_576) return;
    throw invalidParameter('Attributes Reason: MaximumMessageSize must be between 1024 and 1048576');
  }
  if (!STORED_ONLY.has(name)) throw notImplemented(`the topic attribute ${name}`);
}
