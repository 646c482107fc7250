// What core says in the language that it is given, on the page in the reader's.
import type { Finding, FindingThresholds } from '../../shared/domain/finding';
import * as shared from '../../shared/domain/finding-value';
import { pageWords } from '../words';

export const eventDuration = (seconds: number): string =>
  shared.eventDuration(seconds, pageWords());
export const valueLines = (finding: Finding): readonly [string, string] =>
  shared.valueLines(finding, pageWords());
export const valueOf = (finding: Finding): string => shared.valueOf(finding, pageWords());
export const chipOf = (finding: Finding): string => shared.chipOf(finding, pageWords());
export const orderInWords = (kind: Finding['kind']): string =>
  shared.orderInWords(kind, pageWords());
export const worstInWords = (finding: Finding): string => shared.worstInWords(finding, pageWords());
export const urgencyOf = (finding: Finding, thresholds: FindingThresholds): string =>
  shared.urgencyOf(finding, thresholds, pageWords());
