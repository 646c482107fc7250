import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';

// Begins one job in a process of BullMQ's, as its worker does: `ChildCommand` and `ParentCommand` of bullmq/dist/cjs/enums.
const [INIT, START] = [0, 1];
const INITED = 4;

const library = createRequire(import.meta.url)
  .resolve('bullmq')
  .replace(/index\.js$/, '');
const child = fork(`${library}classes/main.js`, { stdio: 'inherit' });
child.send({ cmd: INIT, value: process.argv[2] });
child.on('message', ({ cmd }) => {
  if (cmd === INITED)
    child.send({ cmd: START, job: { id: 'r1', data: '{}', opts: '{}' }, token: 't' });
});
