import { loadOnnxRuntime } from '../inference/runtime';
import { hostSessions } from '../inference/session-host';
import { parentChannel } from './parent-channel';

/** Entry of the inference process: ONNX Runtime and nothing else. */
hostSessions(parentChannel(), () => loadOnnxRuntime());
