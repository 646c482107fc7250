import type { Translation } from '../catalogue';

export const counted: Translation['counted'] = {
  beat: '{n, plural, one {# latido} other {# latidos}}',
  form: '{n, plural, one {# forma} other {# formas}}',
  segment: '{n, plural, one {# segmento} other {# segmentos}}',
  run: '{n, plural, one {# salva} other {# salvas}}',
  couplet: '{n, plural, one {# pareja} other {# parejas}}',
  pause: '{n, plural, one {# pausa} other {# pausas}}',
};
