import { constants, setPriority } from 'node:os';
import { loadOnnxRuntime } from '../inference/runtime';
import { hostSessions } from '../inference/session-host';
import { parentChannel } from './parent-channel';

/** Entry of the inference process: ONNX Runtime and nothing else. */
try {
  // It fills every core for as long as an analysis lasts; the window and its tiles go first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A system that does not allow it runs it as anything else.
}
hostSessions(parentChannel(), () => loadOnnxRuntime());
