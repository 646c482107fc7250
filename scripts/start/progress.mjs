/** How far apart the lines are where they cannot be written over, ms. */
const LINE_MS = 5_000;

/**
 * Shows how far something is: over the last line at a terminal, else by a line now and then.
 * @returns a function of the text; null ends it
 */
export function progressLine(stream = process.stderr) {
  let lastMs = Date.now();
  let isOpen = false;
  return (text) => {
    if (text === null) {
      if (isOpen) stream.write('\n');
      isOpen = false;
    } else if (stream.isTTY) {
      stream.write(`\r\u001b[K  ${text}`);
      isOpen = true;
    } else if (Date.now() - lastMs >= LINE_MS) {
      stream.write(`  ${text}\n`);
      lastMs = Date.now();
    }
  };
}
