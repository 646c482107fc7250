import { createService } from '../service';
import { parentChannel } from './parent-channel';
import { runEngine } from './run-engine';

/** Entry of the engine process. */
runEngine(parentChannel(), createService);
