/** `node --import ./parent-port.mjs`: gives a child process what a utility process of Electron has. */
import { EventEmitter } from 'node:events';

class ParentPort extends EventEmitter {
  #waiting = [];
  constructor() {
    super();
    process.on('message', (data) => {
      if (this.listenerCount('message') > 0) this.emit('message', { data, ports: [] });
      else this.#waiting.push(data);
    });
    process.on('disconnect', () => process.exit(0));
    // As Electron does: messages wait until somebody listens.
    this.on('newListener', (event) => {
      if (event !== 'message') return;
      setImmediate(() => {
        for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] });
      });
    });
  }
  postMessage(message, transfer) {
    if (transfer?.length) throw new Error('the double: nothing is transferred between processes');
    process.send(message, undefined, {}, () => undefined);
  }
}
process.parentPort = new ParentPort();
