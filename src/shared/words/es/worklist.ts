import type { Translation } from '../catalogue';

export const worklist: Translation['worklist'] = {
  title: 'Lista de trabajo',
};
