/**
 * Gives the focus to what is read: the paper, the forms of beats, or the centre while neither is there. Nothing of it
 * answers to Enter, so a key that is pressed once too often decides nothing.
 */
export function focusRest(): void {
  const centre = document.querySelector<HTMLElement>('main:not([inert])');
  const rest = centre?.querySelector<HTMLElement>(
    '[role="group"][tabindex="0"], [role="option"][tabindex="0"]',
  );
  (rest ?? centre)?.focus({ preventScroll: true });
}

/** Whether the focus is on nothing that a reader would act on: lost, or at rest where there was nothing to give it to. */
export const isFocusNowhere = (): boolean =>
  document.activeElement === document.body ||
  (document.activeElement?.matches('main[tabindex="-1"]') ?? false);
