/**
 * `npm run fuzz [-- --minutes N] [--from CASE]`: damaged input at every door in turn, each for the same time, until the
 * time is over. Prints cases, cases a minute, how they went and the slowest for each door, and the memory; ends with 1
 * where a door threw, a case took over 2 s of a processor, or memory went over 512 MB. The case and its number are then named.
 */
import { parseArgs } from 'node:util';
import { openDoors } from './doors';
import { LIMIT_MS, timedCase } from './timed-case';
import { startWatchdog } from './watchdog';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    from: { type: 'string', default: '0' },
  },
});
const endMs = performance.now() + 60_000 * Number(values.minutes);
const first = Number(values.from);
const LIMIT_BYTES = 512 * 2 ** 20;
const TURN_MS = 200;

interface Tally {
  cases: number;
  ms: number;
  slowestMs: number;
  readonly outcomes: Record<string, number>;
}

const doors = await openDoors();
const tallies = doors.map((): Tally => ({ cases: 0, ms: 0, slowestMs: 0, outcomes: {} }));
const watchdog = startWatchdog(10 * LIMIT_MS);
// Decoders report damage on the console as well.
const say = console.log.bind(console);
console.error = () => undefined;
let ticks = 0;

async function turn(index: number): Promise<string | null> {
  const tally = tallies[index]!;
  const { name, run } = doors[index]!;
  const until = performance.now() + TURN_MS;
  for (let now = performance.now(); now < until;) {
    const number = first + tally.cases;
    watchdog.start(ticks++);
    let outcome: string;
    let ms: number;
    try {
      ({ answer: outcome, ms } = await timedCase(() => run(number)));
    } catch (error) {
      return `${name}, case ${number} threw: ${(error as Error).stack}`;
    }
    now = performance.now();
    tally.cases++;
    tally.ms += ms;
    tally.slowestMs = Math.max(tally.slowestMs, ms);
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
    if (ms > LIMIT_MS) return `${name}, case ${number} took ${Math.round(ms)} ms`;
  }
  const { rss } = process.memoryUsage();
  return rss > LIMIT_BYTES ? `${name}: ${Math.round(rss / 2 ** 20)} MB in memory` : null;
}

const startedMs = performance.now();
let failed: string | null = null;
while (failed === null && performance.now() < endMs) {
  for (let i = 0; i < doors.length && failed === null; i++) failed = await turn(i);
}
await watchdog.close();
for (const door of doors) await door.close?.();

let total = 0;
doors.forEach(({ name }, i) => {
  const { cases, ms, slowestMs, outcomes } = tallies[i]!;
  total += cases;
  const rate = Math.round((60_000 * cases) / Math.max(1, ms));
  const went = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  say(
    `${name.padEnd(28)} ${String(cases).padStart(9)} cases  ${String(rate).padStart(9)}/min  ${went.join(', ')}; slowest ${slowestMs.toFixed(0)} ms`,
  );
});
say(
  `${total} cases in ${((performance.now() - startedMs) / 60_000).toFixed(1)} min, peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
if (failed !== null) {
  say(failed);
  process.exitCode = 1;
}
