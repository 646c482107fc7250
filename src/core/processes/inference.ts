import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { loadOnnxRuntime } from '../inference/runtime';
import { hostSessions } from '../inference/session-host';
import { parentChannel } from './parent-channel';

/** Entry of the inference process: ONNX Runtime and nothing else. */
hostSessions(parentChannel(), () => loadOnnxRuntime(), giveWay);

/**
 * It fills every core for as long as an analysis lasts: the window and its tiles go first, but for the first answer, which
 * a reader waits for. On Linux a priority is a thread's, and those of ONNX Runtime have begun by now.
 */
function giveWay(): void {
  for (const thread of threads()) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // A thread that has ended, or a system that does not allow it and runs it as anything else.
    }
  }
}

function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}
