import { onBeforeUnmount, onMounted } from 'vue';

const mayBeOff = (element: EventTarget | null): element is HTMLButtonElement | HTMLInputElement =>
  element instanceof HTMLButtonElement || element instanceof HTMLInputElement;

/**
 * A control that is switched off while its work goes on loses the focus to nothing: it has it back once it is on again,
 * unless the reader has gone elsewhere meanwhile.
 */
export function useFocusBack(): void {
  let last: HTMLButtonElement | HTMLInputElement | null = null;
  let lost = false;
  const focused = ({ target }: FocusEvent): void => {
    last = mayBeOff(target) ? target : null;
    lost = false;
  };
  const left = ({ target }: PointerEvent): void => {
    if (last && target instanceof Node && !last.contains(target)) last = null;
  };
  const observer = new MutationObserver(() => {
    if (!last) return;
    if (last.disabled) lost = true;
    else if (lost && document.activeElement === document.body) last.focus({ preventScroll: true });
  });
  onMounted(() => {
    observer.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', focused);
    document.addEventListener('pointerdown', left);
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    document.removeEventListener('pointerdown', left);
  });
}
