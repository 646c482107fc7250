import { onBeforeUnmount, onMounted } from 'vue';
import { focusRest } from './focus-rest';
import { FOCUSABLE } from './useRegions';

const mayBeOff = (element: Element): element is HTMLButtonElement | HTMLInputElement =>
  element instanceof HTMLButtonElement || element instanceof HTMLInputElement;

/** Lists and dialogs in which what stands next is what a reader goes on with. */
const GOES_ON_WITHIN = 'dialog, main.worklist';

/** An element with all that it stands in, and what came after and before each of these. */
type Place = readonly {
  readonly parent: Element;
  readonly beside: readonly (Element | null)[];
}[];

function placeOf(element: Element): Place {
  const place: Place[number][] = [];
  for (let at = element; at.parentElement; at = at.parentElement)
    place.push({
      parent: at.parentElement,
      beside: [at.nextElementSibling, at.previousElementSibling],
    });
  return place;
}

const focusableIn = (element: Element): HTMLElement | null =>
  element.matches(FOCUSABLE) ? (element as HTMLElement) : element.querySelector(FOCUSABLE);

/** What stands nearest to where something was, within its dialog or page; null where that has gone as well. */
function nearest(place: Place): HTMLElement | null {
  for (const { parent, beside } of place) {
    if (!parent.isConnected) continue;
    if (!parent.closest(GOES_ON_WITHIN)) return null;
    for (const element of [...beside, parent]) {
      const found = element?.isConnected ? focusableIn(element) : null;
      if (found) return found;
    }
  }
  return null;
}

/**
 * The focus is never lost to nothing. A control that is switched off while its work goes on has it back once it is on
 * again, and a row that is moved keeps it. Where a control goes away, as many do with their press, it is at what stands
 * next in a dialog or on the worklist, and elsewhere on the paper. Unless the reader has gone elsewhere meanwhile.
 */
export function useFocusBack(): void {
  let last: HTMLElement | SVGElement | null = null;
  let place: Place = [];
  let isOff = false;
  const focused = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement || target instanceof SVGElement ? target : null;
    place = last ? placeOf(last) : [];
    isOff = false;
  };
  const left = ({ target }: PointerEvent): void => {
    if (last && target instanceof Node && !last.contains(target)) last = null;
  };
  const observer = new MutationObserver((changes) => {
    if (!last) return;
    if (mayBeOff(last) && last.disabled) isOff = true;
    if (document.activeElement !== document.body) return;
    if (!last.isConnected) {
      last = null;
      const next = nearest(place);
      if (next) next.focus({ preventScroll: true });
      else if (!document.querySelector('dialog[open]')) focusRest();
      return;
    }
    const isMoved = changes.some(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(last)),
    );
    if (isMoved || (isOff && mayBeOff(last) && !last.disabled)) last.focus({ preventScroll: true });
  });
  onMounted(() => {
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['disabled'],
    });
    document.addEventListener('focusin', focused);
    document.addEventListener('pointerdown', left);
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    document.removeEventListener('pointerdown', left);
  });
}
