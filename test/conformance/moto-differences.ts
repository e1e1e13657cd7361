/**
 * Where moto 5.2 differs from AWS, by check of the contract, with the reason. The product needs none of it: either AWS is
 * stricter than moto, or a fence, a hash or a second dispatch of ours covers the loss.
 *
 * A difference that ends must leave this list: its check then fails.
 */
export const MOTO_DIFFERENCES: Readonly<Record<string, string>> = {
  'the receipt of an earlier receive deletes nothing': 'moto deletes by any receipt of the message',
  'characters outside XML 1.0 are refused': 'moto takes them',
  'a dead letter names its queue and can be moved back': 'moto has no DeadLetterQueueSourceArn',
  'a redrive policy to a queue that does not exist is refused': 'moto refuses it with another code',
  'attributes are counted, changed and checked': 'moto takes values out of range',
  'an aborted long poll swallows no message': 'moto gives the next message to the poll that has gone',
  'a raw subscription delivers the message and its attributes as they are': 'moto fails on binary attributes',
  'a raw delivery of more than ten attributes is dropped': 'moto delivers it',
  'a batch of more than 256 KiB is refused': 'moto checks each message only',
  'MaximumMessageSize raises the limit': 'moto has the fixed limit of 256 KiB',
  'CRC32C and CRC64NVME are kept and given back': 'moto gives back no CRC32C',
  'a wrong checksum or MD5 is refused': 'moto compares none',
  'a number is kept in one spelling': 'moto keeps the text it was given',
  'an item of more than 400 KB is refused': 'moto counts the keys of an item otherwise',
  'a bad key or expression attribute is refused': 'moto takes some of them',
  'a page that ends at its limit names its last key': 'moto ends a page at its limit without LastEvaluatedKey',
  'a page holds 1 MiB': 'moto counts the bytes of a page otherwise',
  'batches write 25 and read them': 'moto takes a batch with the same key twice',
  'metric data is folded by period and statistic': 'moto adds up samples of other dimensions and ignores Counts',
};

/** What moto 5.2 does right or wrong by chance: it answers each request in a thread of its own and locks nothing. */
export const MOTO_UNDECIDED: Readonly<Record<string, string>> = {
  'of twenty racing creations one wins': 'moto looks for the object and writes it in two steps',
};
