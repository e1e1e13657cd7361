import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Makes a client able to lose an answer: the request is done, and the SDK hears of a broken connection and tries again. */
export function losingAnswers(client: DynamoDBClient): () => void {
  let lose = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (!lose) return answer;
      lose = false;
      throw Object.assign(new Error('the connection broke'), { name: 'TimeoutError', code: 'ECONNRESET' });
    },
    { step: 'deserialize', name: 'loseAnswer' },
  );
  return () => {
    lose = true;
  };
}
