import { about } from './about';
import { calibrate } from './calibrate';
import { exports } from './exports';
import { general } from './general';
import { goTo } from './go-to';
import { history } from './history';
import { keys } from './keys';
import { leads } from './leads';
import { model } from './model';
import { report } from './report';
import { scan } from './scan';
import { settings } from './settings';
import { verdicts } from './verdicts';

/** All words, in English: the shape that every other language has. */
export const en = {
  about,
  calibrate,
  exports,
  general,
  goTo,
  history,
  keys,
  leads,
  model,
  report,
  scan,
  settings,
  verdicts,
} as const;
