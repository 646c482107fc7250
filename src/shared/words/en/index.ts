import { about } from './about';
import { analysis } from './analysis';
import { bar } from './bar';
import { beats } from './beats';
import { blind } from './blind';
import { calendar } from './calendar';
import { calibrate } from './calibrate';
import { connection } from './connection';
import { counted } from './counted';
import { decisions } from './decisions';
import { details } from './details';
import { devices } from './devices';
import { events } from './events';
import { exports } from './exports';
import { failures } from './failures';
import { figures } from './figures';
import { files } from './files';
import { findings } from './findings';
import { formats } from './formats';
import { general } from './general';
import { goTo } from './go-to';
import { hand } from './hand';
import { history } from './history';
import { hours } from './hours';
import { keyNames } from './key-names';
import { keys } from './keys';
import { kinds } from './kinds';
import { kindsShort } from './kindsShort';
import { leads } from './leads';
import { limits } from './limits';
import { marks } from './marks';
import { measure } from './measure';
import { menu } from './menu';
import { model } from './model';
import { open } from './open';
import { palette } from './palette';
import { paper } from './paper';
import { reads } from './reads';
import { reasons } from './reasons';
import { record } from './record';
import { report } from './report';
import { reportConclusion } from './report-conclusion';
import { reportEnd } from './report-end';
import { reportNouns } from './report-nouns';
import { reportPages } from './report-pages';
import { reportSummary } from './report-summary';
import { rhythm } from './rhythm';
import { saving } from './saving';
import { scan } from './scan';
import { segments } from './segments';
import { settings } from './settings';
import { status } from './status';
import { teaching } from './teaching';
import { untold } from './untold';
import { values } from './values';
import { verdicts } from './verdicts';
import { warnings } from './warnings';
import { whatIf } from './what-if';
import { whole } from './whole';
import { window } from './window';
import { why } from './why';
import { worklist } from './worklist';

/** All words, in English: the shape that every other language has. */
export const en = {
  about,
  analysis,
  bar,
  beats,
  blind,
  calendar,
  calibrate,
  connection,
  counted,
  decisions,
  details,
  devices,
  events,
  exports,
  failures,
  figures,
  files,
  findings,
  formats,
  general,
  goTo,
  hand,
  history,
  hours,
  keyNames,
  keys,
  kinds,
  kindsShort,
  leads,
  limits,
  marks,
  measure,
  menu,
  model,
  open,
  palette,
  paper,
  reads,
  reasons,
  record,
  report,
  reportConclusion,
  reportEnd,
  reportNouns,
  reportPages,
  reportSummary,
  rhythm,
  saving,
  scan,
  segments,
  settings,
  status,
  teaching,
  untold,
  values,
  verdicts,
  warnings,
  whatIf,
  whole,
  window,
  why,
  worklist,
} as const;
