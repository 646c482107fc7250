import { tell } from './state.mjs';

let paths = [];
/** What the next dialogs for files answer with; none for a person who cancels. */
export const choosePaths = (chosen) => (paths = chosen);

/** Boxes that wait for a person. */
const open = [];
/** Presses a button of the box that was opened first. */
export function answerBox(response) {
  const box = open.shift();
  if (!box) throw new Error('the double: there is no box to answer');
  box({ response });
}

export const dialog = {
  async showOpenDialog(_window, { title, filters }) {
    tell({ kind: 'open-dialog', title, filters: filters ?? [] });
    return { canceled: paths.length === 0, filePaths: paths };
  },
  showSaveDialog: async () => ({ canceled: paths.length === 0, filePath: paths[0] ?? '' }),
  showMessageBox(...args) {
    const { message, detail, buttons, cancelId, signal } = args.at(-1);
    tell({ kind: 'box', message, detail, buttons: buttons ?? ['OK'] });
    return new Promise((resolve) => {
      open.push(resolve);
      signal?.addEventListener('abort', () => {
        open.splice(open.indexOf(resolve), 1);
        resolve({ response: cancelId ?? 0 });
      });
    });
  },
  showErrorBox: (title, content) =>
    tell({ kind: 'box', message: title, detail: content, buttons: ['OK'] }),
};
