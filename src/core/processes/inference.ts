import { loadOnnxRuntime } from '../inference/runtime';
import { hostSessions } from '../inference/session-host';
import { processGivesWay } from './give-way';
import { parentChannel } from './parent-channel';

/**
 * Entry of the inference process: ONNX Runtime and nothing else. It gives way but for the first answer, which a reader
 * waits for; the threads of ONNX Runtime have begun by then.
 */
hostSessions(parentChannel(), () => loadOnnxRuntime(), processGivesWay);
