import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mustBeReady } from './state.mjs';

/** Every utility process so far, with what a test wants to know of it. */
export const children = [];

export const utilityProcess = {
  fork(entry, args, options) {
    mustBeReady('utilityProcess.fork');
    const shim = new URL('../parent-port.mjs', import.meta.url).href;
    const child = fork(entry, args, {
      serialization: 'advanced',
      execArgv: ['--import', shim],
      stdio:
        options.stdio === 'ignore'
          ? ['ignore', 'ignore', 'ignore', 'ipc']
          : ['ignore', 2, 2, 'ipc'],
    });
    const utility = new EventEmitter();
    children.push({ pid: child.pid, entry, serviceName: options.serviceName, utility });
    // Electron knows the process only once it is there.
    utility.pid = undefined;
    setImmediate(() => {
      utility.pid = child.pid;
      utility.emit('spawn');
    });
    child.on('message', (message) => utility.emit('message', message));
    child.on('exit', (code, signal) => {
      utility.pid = undefined;
      utility.emit('exit', code ?? (signal ? 9 : 1));
    });
    // As Electron does: a process that is stopped does not hear it.
    utility.kill = () => child.kill('SIGTERM');
    utility.postMessage = (message, transfer) => {
      if (transfer?.length) throw new Error('the double: nothing is transferred between processes');
      structuredClone(message);
      if (child.connected) child.send(message, () => undefined);
    };
    return utility;
  },
};

/** V8 cannot go on: Electron says so with an `error`, which throws where nobody listens, and ends the process. */
export function breakDown(serviceName) {
  const { utility } = children.findLast((child) => child.serviceName === serviceName);
  try {
    utility.emit('error', 'FatalError', 'v8::ToLocalChecked', '{}');
  } finally {
    utility.kill();
  }
}

/** Running blockers by id, with their kind. */
export const blockers = new Map();
let lastBlocker = 0;
export const powerSaveBlocker = {
  start(kind) {
    mustBeReady('powerSaveBlocker');
    blockers.set(++lastBlocker, kind);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
};
