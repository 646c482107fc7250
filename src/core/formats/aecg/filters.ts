import type { AppliedFilters } from '../open-recording';
import { find, findAll } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { quantity } from './quantity';
import { codedName } from './sequences';

const FILTER = 'MDC_ECG_CTL_VBL_ATTR_FILTER_';

/** Filters that a series says were applied: its control variables with their cut-off or notch frequency. */
export function aecgFilters(series: XmlElement): AppliedFilters | undefined {
  const variables = findAll(series, 'controlVariable', 'controlVariable');
  if (!variables.some((variable) => codedName(variable).startsWith(FILTER))) return undefined;
  const frequencyHz = (kind: string): number | null => {
    const filter = variables.find((variable) => codedName(variable) === `${FILTER}${kind}`);
    const frequency = findAll(filter, 'component', 'controlVariable').find((part) =>
      /_(CUTOFF|NOTCH)_FREQ$/.test(codedName(part)),
    );
    return quantity(find(frequency, 'value'))?.value ?? null;
  };
  return {
    highPassHz: frequencyHz('HIGH_PASS'),
    lowPassHz: frequencyHz('LOW_PASS'),
    notchHz: frequencyHz('NOTCH'),
  };
}
