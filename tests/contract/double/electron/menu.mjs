import { tell } from './state.mjs';

let menu = null;
export const applicationMenu = () => menu;

export const Menu = {
  buildFromTemplate: (template) => ({
    template,
    popup: () => tell({ kind: 'popup', items: template.map(labelOf) }),
  }),
  setApplicationMenu: (built) => (menu = built.template),
};

const labelOf = (item) => (item.label ?? item.role ?? item.type ?? '').replace(/&(.)/g, '$1');

export function menuItem(path) {
  let items = menu;
  let item = null;
  for (const label of path) {
    item = items?.find((one) => labelOf(one) === label);
    items = item?.submenu;
  }
  if (!item?.click) throw new Error(`the double: no menu item ${path.join(' > ')}`);
  return item;
}

/** Accelerators that roles bring along, as far as they would do harm. */
const OF_ROLE = { reload: 'Ctrl+R', forceReload: 'Ctrl+Shift+R', quit: 'Ctrl+Q', close: 'Ctrl+W' };

/**
 * A key that the page did not take, wherever its focus was and whatever dialog was open in it.
 * @returns the label of the item that it chose, or null
 */
export function press(key) {
  const keyOf = ({ role, accelerator }) =>
    (accelerator ?? OF_ROLE[role])?.replace(/CmdOrCtrl|CommandOrControl/, 'Ctrl');
  const items = menu.flatMap(({ submenu }) => submenu ?? []);
  const item = items.find(
    (one) => one.enabled !== false && one.registerAccelerator !== false && keyOf(one) === key,
  );
  item?.click?.();
  return item ? labelOf(item) : null;
}
