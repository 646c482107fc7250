import type { Redis } from 'ioredis';
import { PLACES_KEY } from './names';

/** What a prediction takes of the room that all servers of a queue share, and until when. */
export interface Place {
  readonly uploadBytes: number;
  readonly answerBytes: number;
  readonly addedMs: number;
  /** By the clock of the server that wrote it; afterwards the prediction is forgotten. */
  readonly untilMs: number;
  /** Name of the queue that its job is in. */
  readonly queue: string;
}

export interface PlaceLimits {
  readonly jobs: number;
  readonly jobBytes: number;
  readonly answerBytes: number;
}

/**
 * Who is held of the predictions that nobody waits for. All servers of a queue look at the same numbers, so that the
 * limits are those of all of them together.
 */
export interface Places {
  /** @returns whether there was room for one more */
  take(name: string, place: Omit<Place, 'answerBytes'>): Promise<boolean>;
  find(name: string): Promise<Place | null>;
  all(): Promise<ReadonlyMap<string, Place>>;
  /** Takes room for a part of its answer. @returns `full`, or `gone` where nobody wants it any more */
  takeForAnswer(name: string, bytes: number): Promise<'taken' | 'full' | 'gone'>;
  /** Gives back what it does not need, and says how long it stays; nothing where it is gone. */
  change(name: string, now: Partial<Omit<Place, 'queue' | 'addedMs'>>): Promise<void>;
  /** @returns whether it was held until now: of several who ask one is told so */
  leave(name: string): Promise<boolean>;
}

/** A place as text: uploadBytes, answerBytes, addedMs, untilMs, queue. */
const textOf = (place: Place): string =>
  [place.uploadBytes, place.answerBytes, place.addedMs, place.untilMs, place.queue].join(' ');

function placeOf(text: string): Place {
  const [uploadBytes, answerBytes, addedMs, untilMs, queue] = text.split(' ');
  return {
    uploadBytes: Number(uploadBytes),
    answerBytes: Number(answerBytes),
    addedMs: Number(addedMs),
    untilMs: Number(untilMs),
    queue: queue ?? '',
  };
}

/** Each runs in Redis as one step, whatever other servers do. */
const SUM = `
local uploads, answers, count = 0, 0, 0
for _, text in ipairs(redis.call('HVALS', KEYS[1])) do
  local upload, answer = string.match(text, '^(%d+) (%d+) ')
  uploads, answers, count = uploads + upload, answers + answer, count + 1
end
`;
/** ARGV: name, text, bytes, most jobs, most bytes of uploads, most bytes of answers. */
const TAKE = `${SUM}
if count >= tonumber(ARGV[4]) or uploads + tonumber(ARGV[3]) > tonumber(ARGV[5]) then return 0 end
if answers >= tonumber(ARGV[6]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
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
/** ARGV: name, then uploadBytes, answerBytes and untilMs, each empty where it stays. */
const CHANGE = `
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 0 end
local upload, answer, added, till, queue = string.match(text, '^(%d+) (%d+) (%d+) (%d+) (.*)$')
if ARGV[2] ~= '' then upload = ARGV[2] end
if ARGV[3] ~= '' then answer = ARGV[3] end
if ARGV[4] ~= '' then till = ARGV[4] end
redis.call('HSET', KEYS[1], ARGV[1], table.concat({ upload, answer, added, till, queue }, ' '))
return 1
`;

export function createPlaces(client: Redis, limits: PlaceLimits): Places {
  const run = (script: string, ...args: readonly (string | number)[]): Promise<unknown> =>
    client.eval(script, 1, PLACES_KEY, ...args);
  return {
    async take(name, place) {
      const text = textOf({ ...place, answerBytes: 0 });
      const { jobs, jobBytes, answerBytes } = limits;
      return (await run(TAKE, name, text, place.uploadBytes, jobs, jobBytes, answerBytes)) === 1;
    },
    async find(name) {
      const text = await client.hget(PLACES_KEY, name);
      return text === null ? null : placeOf(text);
    },
    async all() {
      const held = Object.entries(await client.hgetall(PLACES_KEY));
      return new Map(held.map(([name, text]) => [name, placeOf(text)]));
    },
    async takeForAnswer(name, bytes) {
      return (await run(TAKE_FOR_ANSWER, name, bytes, limits.answerBytes)) as
        'taken' | 'full' | 'gone';
    },
    async change(name, { uploadBytes, answerBytes, untilMs }) {
      await run(CHANGE, name, uploadBytes ?? '', answerBytes ?? '', untilMs ?? '');
    },
    leave: async (name) => (await client.hdel(PLACES_KEY, name)) === 1,
  };
}
