/** What the parts of the double share, and how they reach the test. */
export const profile = process.env.FIDUCIAL_DOUBLE_PROFILE;
/** Folder of a packaged application's resources; the double is packaged when it is set. */
export const packagedAt = process.env.FIDUCIAL_DOUBLE_PACKAGED || null;

export const tell = (message) => process.send?.(message);

let ready = false;
export const whenReady = new Promise((resolve) =>
  setTimeout(() => ((ready = true), resolve()), 20),
);

/** Throws before ready, and at the one step that the test wants to fail. */
export function mustBeReady(what) {
  if (!ready) throw new Error(`the double: ${what} needs the app to be ready`);
  if (process.env.FIDUCIAL_DOUBLE_FAIL === what) throw new Error(`the double: ${what} fails`);
}

export function mustNotBeReady(what) {
  if (ready) throw new Error(`the double: ${what} has to come before the app is ready`);
}

/** An event that a listener can stop. */
export function stoppable(fields = {}) {
  const event = { ...fields, defaultPrevented: false };
  event.preventDefault = () => (event.defaultPrevented = true);
  return event;
}
