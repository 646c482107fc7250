import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bringForward } from './bring-forward';
import { HAS_REDIS, startRedis, type TestRedis } from './testing/redis';

describe.skipIf(!HAS_REDIS)('what was handed back (needs redis-server)', () => {
  let redis: TestRedis;
  let client: Redis;
  let queue: Queue;
  beforeEach(async () => {
    redis = await startRedis();
    client = new Redis({ ...redis.address });
    queue = new Queue('handed-back', { connection: redis.address });
  });
  afterEach(async () => {
    await queue.close();
    client.disconnect();
    await redis.close();
  });

  it('waits no hour because a clock goes ahead, and its seconds in any case', async () => {
    const HOUR_MS = 3_600_000;
    await queue.add('recording', {}, { jobId: 'ahead', delay: HOUR_MS, priority: 10 });
    await queue.add('recording', {}, { jobId: 'well', delay: 4000, priority: 10 });
    await bringForward(queue, client);
    const idsOf = async (state: 'delayed' | 'prioritized'): Promise<(string | undefined)[]> =>
      (await queue.getJobs(state)).map(({ id }) => id);
    expect(await idsOf('prioritized')).toEqual(['ahead']);
    expect(await idsOf('delayed')).toEqual(['well']);
  });
});
