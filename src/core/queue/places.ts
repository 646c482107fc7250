import type { Redis } from 'ioredis';
import { PLACES_KEY } from './names';

/** What a prediction takes of the room that all servers of a queue share, and until when. */
export interface Place {
  readonly uploadBytes: number;
  readonly answerBytes: number;
  /** Since it was taken. */
  readonly ageMs: number;
  /** Below 0 the prediction is forgotten. */
  readonly leftMs: number;
  /** Name of the queue that its job is in. */
  readonly queue: string;
}

export interface PlaceLimits {
  readonly jobs: number;
  readonly jobBytes: number;
  readonly answerBytes: number;
}

export interface PlaceToTake extends Pick<Place, 'uploadBytes' | 'queue'> {
  readonly forMs: number;
}

/** What is not named stays. */
export interface PlaceChange {
  readonly uploadBytes?: number;
  readonly answerBytes?: number;
  /** How long it stays from now on. */
  readonly forMs?: number;
  /** The same where it would be less. */
  readonly atLeastMs?: number;
}

/**
 * Who is held of the predictions that nobody waits for. All servers of a queue look at the same numbers, so that the
 * limits are those of all of them together, and at the same clock, which is that of Redis: a server whose own is wrong
 * would forget what others have just answered.
 */
export interface Places {
  /** @returns whether there was room for one more */
  take(name: string, place: PlaceToTake): Promise<boolean>;
  find(name: string): Promise<Place | null>;
  all(): Promise<ReadonlyMap<string, Place>>;
  /** Takes room for a part of its answer. @returns `full`, or `gone` where nobody wants it any more */
  takeForAnswer(name: string, bytes: number): Promise<'taken' | 'full' | 'gone'>;
  /** Gives back what it does not need, and says how long it stays; nothing where it is gone. */
  change(name: string, now: PlaceChange): Promise<void>;
  /** @returns whether it was held until now: of several who ask one is told so */
  leave(name: string): Promise<boolean>;
}

/**
 * A place as text: uploadBytes, answerBytes, when it was taken and until when it stays (epoch milliseconds, by the clock of
 * Redis), queue.
 */
function placeOf(text: string, nowMs: number): Place {
  const [uploadBytes, answerBytes, addedMs, untilMs, queue] = text.split(' ');
  return {
    uploadBytes: Number(uploadBytes),
    answerBytes: Number(answerBytes),
    ageMs: nowMs - Number(addedMs),
    leftMs: Number(untilMs) - nowMs,
    queue: queue ?? '',
  };
}

/** Each runs in Redis as one step, whatever other servers do. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local whole = function(number) return string.format('%.0f', number) end
`;
const SUM = `
local uploads, answers, count = 0, 0, 0
for _, text in ipairs(redis.call('HVALS', KEYS[1])) do
  local upload, answer = string.match(text, '^(%d+) (%d+) ')
  uploads, answers, count = uploads + upload, answers + answer, count + 1
end
`;
/** ARGV: name, queue, bytes, most jobs, most bytes of uploads, most bytes of answers, for how long. */
const TAKE = `${NOW}${SUM}
if count >= tonumber(ARGV[4]) or uploads + tonumber(ARGV[3]) > tonumber(ARGV[5]) then return 0 end
if answers >= tonumber(ARGV[6]) then return 0 end
local text = table.concat({ ARGV[3], '0', whole(now), whole(now + ARGV[7]), ARGV[2] }, ' ')
redis.call('HSET', KEYS[1], ARGV[1], text)
return 1
`;
/** ARGV: name. Answers its text, or nothing, and the time. */
const FIND = `${NOW}
return { redis.call('HGET', KEYS[1], ARGV[1]), whole(now) }
`;
/** Answers names and texts in turn, and the time. */
const ALL = `${NOW}
return { redis.call('HGETALL', KEYS[1]), whole(now) }
`;
/** ARGV: name, bytes, most bytes of answers. */
const TAKE_FOR_ANSWER = `${SUM}
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 'gone' end
if answers + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return 'full' end
local upload, answer, rest = string.match(text, '^(%d+) (%d+) (.*)$')
local more = string.format('%.0f', answer + ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], upload .. ' ' .. more .. ' ' .. rest)
return 'taken'
`;
/** ARGV: name, then uploadBytes, answerBytes, for how long and for how long at least, each empty where it stays. */
const CHANGE = `${NOW}
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 0 end
local upload, answer, added, till, queue = string.match(text, '^(%d+) (%d+) (%d+) (%d+) (.*)$')
if ARGV[2] ~= '' then upload = ARGV[2] end
if ARGV[3] ~= '' then answer = ARGV[3] end
if ARGV[4] ~= '' then till = whole(now + ARGV[4]) end
if ARGV[5] ~= '' and tonumber(till) < now + ARGV[5] then till = whole(now + ARGV[5]) end
redis.call('HSET', KEYS[1], ARGV[1], table.concat({ upload, answer, added, till, queue }, ' '))
return 1
`;

export function createPlaces(client: Redis, limits: PlaceLimits): Places {
  const run = (script: string, ...args: readonly (string | number)[]): Promise<unknown> =>
    client.eval(script, 1, PLACES_KEY, ...args);
  return {
    async take(name, { queue, uploadBytes, forMs }) {
      const most = [limits.jobs, limits.jobBytes, limits.answerBytes];
      return (await run(TAKE, name, queue, uploadBytes, ...most, forMs)) === 1;
    },
    async find(name) {
      const [text, now] = (await run(FIND, name)) as [string | null, string];
      return text === null ? null : placeOf(text, Number(now));
    },
    async all() {
      const [held, now] = (await run(ALL)) as [string[], string];
      const places = new Map<string, Place>();
      for (let i = 0; i < held.length; i += 2)
        places.set(held[i]!, placeOf(held[i + 1]!, Number(now)));
      return places;
    },
    async takeForAnswer(name, bytes) {
      return (await run(TAKE_FOR_ANSWER, name, bytes, limits.answerBytes)) as
        | 'taken'
        | 'full'
        | 'gone';
    },
    async change(name, { uploadBytes, answerBytes, forMs, atLeastMs }) {
      const wanted = [uploadBytes, answerBytes, forMs, atLeastMs].map((value) => value ?? '');
      await run(CHANGE, name, ...wanted);
    },
    leave: async (name) => (await client.hdel(PLACES_KEY, name)) === 1,
  };
}
