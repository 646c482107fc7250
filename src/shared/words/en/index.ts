import { about } from './about';
import { analysis } from './analysis';
import { bar } from './bar';
import { beats } from './beats';
import { calibrate } from './calibrate';
import { connection } from './connection';
import { decisions } from './decisions';
import { exports } from './exports';
import { general } from './general';
import { goTo } from './go-to';
import { history } from './history';
import { keys } from './keys';
import { leads } from './leads';
import { marks } from './marks';
import { model } from './model';
import { open } from './open';
import { record } from './record';
import { reads } from './reads';
import { report } from './report';
import { rhythm } from './rhythm';
import { saving } from './saving';
import { scan } from './scan';
import { segments } from './segments';
import { settings } from './settings';
import { status } from './status';
import { verdicts } from './verdicts';
import { why } from './why';
import { worklist } from './worklist';

/** All words, in English: the shape that every other language has. */
export const en = {
  about,
  analysis,
  bar,
  beats,
  calibrate,
  connection,
  decisions,
  exports,
  general,
  goTo,
  history,
  keys,
  leads,
  marks,
  model,
  open,
  record,
  reads,
  report,
  rhythm,
  saving,
  scan,
  segments,
  settings,
  status,
  verdicts,
  why,
  worklist,
} as const;
