export const beats = {
  class_N: 'normal or bundle branch block',
  class_S: 'supraventricular ectopic',
  class_V: 'ventricular ectopic',
  class_F: 'fusion',
  class_Q: 'cannot be said',
} as const;
