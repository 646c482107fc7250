import { dialog, type BrowserWindow } from 'electron';

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
export const askWhetherToQuit = (window: BrowserWindow, work: string): Promise<boolean> =>
  ask(window, {
    message: `${work} Quit all the same?`,
    detail: 'What is done is kept; what is under way is broken off.',
    answers: ['Keep working', 'Quit'],
  });

/** @param what has happened to the page, as one sentence */
export const askWhetherToQuitOrReload = (window: BrowserWindow, what: string): Promise<boolean> =>
  ask(window, {
    message: what,
    detail: 'What was shown as saved is saved.',
    answers: ['Load it again', 'Quit'],
  });

export const askWhetherToReload = (window: BrowserWindow, signal: AbortSignal): Promise<boolean> =>
  ask(window, {
    message: 'The viewer does not answer.',
    detail: 'Loading it again loses what was typed and not yet saved, and nothing else.',
    answers: ['Wait', 'Load it again'],
    signal,
  });
