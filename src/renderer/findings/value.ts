// What core says in the language that it is given, on the page in the reader's.
import type { Finding, FindingThresholds } from '../../shared/domain/finding';
import * as shared from '../../shared/domain/finding-value';
import { useFindings } from '../stores/findings';
import { useSettings } from '../stores/settings';
import { pageWords } from '../words';

/** Those by which the open recording's events were found; of other recordings, and before any, those of the settings. */
const thresholdsNow = (): FindingThresholds =>
  useFindings().found?.thresholds ?? useSettings().values.findings;

export const eventDuration = (seconds: number): string =>
  shared.eventDuration(seconds, pageWords());
export const valueLines = (finding: Finding): readonly [string, string] =>
  shared.valueLines(finding, thresholdsNow(), pageWords());
export const valueOf = (finding: Finding): string =>
  shared.valueOf(finding, thresholdsNow(), pageWords());
export const chipOf = (finding: Finding): string =>
  shared.chipOf(finding, thresholdsNow(), pageWords());
export const rateInWords = (finding: Pick<Finding, 'kind' | 'rateBpm'>): string =>
  shared.rateInWords(finding, thresholdsNow(), pageWords());
export const rateNumber = (finding: Pick<Finding, 'kind' | 'rateBpm'>): string =>
  shared.rateNumber(finding, thresholdsNow(), pageWords());
export const pauseLength = (seconds: number): string =>
  shared.pauseLength(seconds, thresholdsNow(), pageWords());
export const orderInWords = (kind: Finding['kind']): string =>
  shared.orderInWords(kind, pageWords());
export const worstInWords = (finding: Finding): string =>
  shared.worstInWords(finding, thresholdsNow(), pageWords());
export const urgencyOf = (finding: Finding, thresholds: FindingThresholds): string =>
  shared.urgencyOf(finding, thresholds, pageWords());
