import type { Translation } from '../catalogue';

export const beats: Translation['beats'] = {
  class_N: 'normal o bloqueo de rama',
  class_S: 'ectópico supraventricular',
  class_V: 'ectópico ventricular',
  class_F: 'fusión',
  class_Q: 'no se puede decir',
};
