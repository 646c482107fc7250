import { dialog, type BrowserWindow } from 'electron';
import type { Words } from '../shared/words';

interface Question {
  readonly message: string;
  readonly detail: string;
  /** The first is what Enter does, and Escape. */
  readonly answers: readonly [string, string];
  /** Takes the question back, which is then answered with the first. */
  readonly signal?: AbortSignal;
}

/** Asks over the window. @returns whether the second answer was given */
async function ask(window: BrowserWindow, question: Question): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question.message,
    detail: question.detail,
    buttons: [...question.answers],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    ...(question.signal ? { signal: question.signal } : {}),
  });
  return response === 1;
}

/** @param work what would be broken off, as one sentence */
export const askWhetherToQuit = (
  window: BrowserWindow,
  work: string,
  { say }: Words,
): Promise<boolean> =>
  ask(window, {
    message: say('window.quitAllTheSame', { work }),
    detail: say('window.quitDetail'),
    answers: [say('window.keepWorking'), say('window.quit')],
  });

/** @param what has happened to the page, as one sentence */
export const askWhetherToQuitOrReload = (
  window: BrowserWindow,
  what: string,
  { say }: Words,
): Promise<boolean> =>
  ask(window, {
    message: what,
    detail: say('window.savedDetail'),
    answers: [say('window.loadAgain'), say('window.quit')],
  });

export const askWhetherToReload = (
  window: BrowserWindow,
  signal: AbortSignal,
  { say }: Words,
): Promise<boolean> =>
  ask(window, {
    message: say('window.doesNotAnswer'),
    detail: say('window.loadingLoses'),
    answers: [say('window.wait'), say('window.loadAgain')],
    signal,
  });
