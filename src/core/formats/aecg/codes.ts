/** WFDB mnemonics of the beats of ISO/IEEE 11073-10101 (MDC_ECG_BEAT_...). */
const BEATS = new Map<string, string>(
  Object.entries({
    NORMAL: 'N',
    DOMINANT: 'N',
    SV_P_C: 'S',
    ATR_P_C: 'A',
    JUNC_P_C: 'J',
    ATR_P_C_ABERR: 'a',
    SV_ESC: 'n',
    ATR_ESC: 'e',
    JUNC_ESC: 'j',
    V_P_C: 'V',
    V_P_C_RonT: 'r',
    V_P_C_FUSION: 'F',
    V_ESC: 'E',
    LBB_BLK_COMP: 'L',
    LBB_BLK_INCOMP: 'L',
    RBB_BLK_COMP: 'R',
    RBB_BLK_INCOMP: 'R',
    BB_BLK: 'B',
    PACED: '/',
    PACED_FUSION: 'f',
  }),
);

/** Mnemonic of a coded beat; `Q` for one that has no counterpart. */
export function beatSymbol(code: string): string {
  return BEATS.get(code.replace(/^MDC_ECG_BEAT_/, '')) ?? 'Q';
}

const WORDS = new Map<string, string>(
  Object.entries({
    HEART_RATE: 'Heart rate',
    TIME_PD_RR: 'RR interval',
    TIME_PD_PP: 'PP interval',
    TIME_PD_P: 'P duration',
    TIME_PD_PR: 'PR interval',
    TIME_PD_PQ: 'PQ interval',
    TIME_PD_QRS: 'QRS duration',
    TIME_PD_QT: 'QT interval',
    TIME_PD_QTc: 'QTc interval',
    ANGLE_P_FRONT: 'P axis',
    ANGLE_QRS_FRONT: 'QRS axis',
    ANGLE_T_FRONT: 'T axis',
    P_AXIS: 'P axis',
    QRS_AXIS: 'QRS axis',
    T_AXIS: 'T axis',
    INTERPRETATION_STATEMENT: 'Interpretation',
    INTERPRETATION_SUMMARY: 'Interpretation, summary',
    INTERPRETATION_COMMENT: 'Interpretation, comment',
    WAVC_PWAVE: 'P wave',
    WAVC_QRSWAVE: 'QRS',
    WAVC_QRSTWAVE: 'QRS and T wave',
    WAVC_TWAVE: 'T wave',
    WAVC_RWAVE: 'R wave',
    WAVC_PEAK: 'peak',
    RHY_SINUS_RHY: 'Sinus rhythm',
  }),
);

/** A code in words: those of the nomenclature by their name, a maker's own without prefix and underscores. */
export function codeInWords(code: string): string {
  const bare = code.replace(/^MDC_ECG_|^[A-Z]+_ECG_|^MINDRAY_/, '');
  return WORDS.get(bare) ?? bare.replace(/^TIME_PD_/, '').replaceAll('_', ' ');
}
