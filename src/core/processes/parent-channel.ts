import type { ParentChannel } from '../base/channel';
import { nodeParent } from './node-channel';
import { withoutSlack } from './without-slack';

/** The part of Electron's `process.parentPort` in a utility process that is used; typed here to stay free of Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/** The channel to whoever started this process: Electron's `utilityProcess.fork` or Node's `fork`. */
export function parentChannel(): ParentChannel {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (!port) return nodeParent();
  return {
    post: (message) => port.postMessage(withoutSlack(message)),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    // A utility process is ended together with Electron; until then it is told what to do.
    onEnd: () => undefined,
  };
}
