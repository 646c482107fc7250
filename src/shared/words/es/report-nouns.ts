import type { Translation } from '../catalogue';

export const reportNouns: Translation['reportNouns'] = {
  asystole: '{n, plural, one {asistolia de {limit} s o más} other {asistolias de {limit} s o más}}',
  pause: '{n, plural, one {pausa de más de {limit} s} other {pausas de más de {limit} s}}',
  'ventricular-tachycardia':
    '{n, plural, one {taquicardia ventricular} other {taquicardias ventriculares}}',
  'ventricular-run':
    '{n, plural, one {salva ventricular a {limit} lpm o menos} other {salvas ventriculares a {limit} lpm o menos}}',
  af: '{n, plural, one {episodio de fibrilación o aleteo auricular} other {episodios de fibrilación o aleteo auricular}}',
  'irregular-rhythm':
    '{n, plural, one {tramo de ritmo irregular de menos de {limit} s} other {tramos de ritmo irregular de menos de {limit} s}}',
  bradycardia:
    '{n, plural, one {bradicardia de menos de {limit} lpm} other {bradicardias de menos de {limit} lpm}}',
  tachycardia:
    '{n, plural, one {taquicardia de más de {limit} lpm} other {taquicardias de más de {limit} lpm}}',
  'ventricular-couplet': '{n, plural, one {pareja ventricular} other {parejas ventriculares}}',
  bigeminy:
    '{n, plural, one {episodio de bigeminismo ventricular} other {episodios de bigeminismo ventricular}}',
  trigeminy:
    '{n, plural, one {episodio de trigeminismo ventricular} other {episodios de trigeminismo ventricular}}',
  'ventricular-beat':
    '{n, plural, one {extrasístole ventricular aislada} other {extrasístoles ventriculares aisladas}}',
  'sv-run': '{n, plural, one {salva supraventricular} other {salvas supraventriculares}}',
  'sv-couplet': '{n, plural, one {pareja supraventricular} other {parejas supraventriculares}}',
  'sv-beat':
    '{n, plural, one {extrasístole supraventricular aislada} other {extrasístoles supraventriculares aisladas}}',
  'fusion-beat': '{n, plural, one {latido de fusión} other {latidos de fusión}}',
  borderline: '{n, plural, one {tramo limítrofe} other {tramos limítrofes}}',
  'flagged-unclear':
    '{n, plural, one {tramo señalado de causa no clara} other {tramos señalados de causa no clara}}',
  paced: '{n, plural, one {tramo de ritmo de marcapasos} other {tramos de ritmo de marcapasos}}',
  'wide-qrs':
    '{n, plural, one {tramo de complejos QRS anchos} other {tramos de complejos QRS anchos}}',
  noise: '{n, plural, one {tramo de ruido} other {tramos de ruido}}',
  'lead-off':
    '{n, plural, one {tramo con un electrodo desconectado} other {tramos con un electrodo desconectado}}',
};
