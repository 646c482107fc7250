import { computed, type ComputedRef } from 'vue';
import type { Settings } from '../../shared/contract';
import { useAnalysis } from '../stores/analysis';
import { useSession } from '../stores/session';
import { useSettings } from '../stores/settings';

export type OverlayMode = Exclude<Settings['overlay'], 'auto'>;

/**
 * The overlay to show. Until the reader has chosen it is what the model in use is faithful in, by measurement
 * (docs/models.md): a beat model's attention, but the evidence of a network that attends to single segments.
 */
export function useOverlayMode(): ComputedRef<OverlayMode> {
  const analysis = useAnalysis();
  const session = useSession();
  const settings = useSettings();
  return computed(() => {
    const chosen = settings.values.overlay;
    if (chosen !== 'auto') return chosen;
    const card = session.models.models.find(({ id }) => id === analysis.status?.modelId);
    return card?.kind === 'segment-attention' ? 'evidence' : 'attention';
  });
}
