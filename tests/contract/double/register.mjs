/** `node --import ./register.mjs`: from here on, `electron` is the double beside this file. */
import { register } from 'node:module';

const double = new URL('./electron.mjs', import.meta.url).href;
const hooks = `
  export async function resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: ${JSON.stringify(double)}, shortCircuit: true };
    return next(specifier, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
