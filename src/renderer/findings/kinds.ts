// What core says in the language that it is given, on the page in the reader's.
import type { FindingThresholds } from '../../shared/domain/finding';
import * as shared from '../../shared/domain/finding-words';
import type { FindingKind } from '../../shared/domain/finding-kinds';
import { pageWords } from '../words';

export { FINDING_KINDS, wayToSettle } from '../../shared/domain/finding-kinds';
export { hueOf, isRun, type FindingKind, type Hue } from '../../shared/domain/finding-words';

export const kindTitle = (kind: FindingKind, thresholds: FindingThresholds): string =>
  shared.kindTitle(kind, thresholds, pageWords());
export const kindShort = (kind: FindingKind): string => shared.kindShort(kind, pageWords());
