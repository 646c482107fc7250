import type { Translation } from '../catalogue';

export const calendar: Translation['calendar'] = {
  days: 'dom lun mar mié jue vie sáb',
  months: 'ene feb mar abr may jun jul ago sep oct nov dic',
  am: 'a.\u202fm.',
  pm: 'p.\u202fm.',
  nth: 'día {n}',
};
