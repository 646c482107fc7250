/**
 * One reading at a time of what others change meanwhile: a wish that comes while it runs is one more reading after it.
 * @param read one reading; true where it has to be done again at once
 * @returns what asks for a reading; the promise resolves when nothing more is to be read
 */
export function untilCurrent(read: () => Promise<boolean>): () => Promise<void> {
  let reading: Promise<void> | null = null;
  let again = false;
  async function readAll(): Promise<void> {
    do {
      again = false;
      if (await read()) again = true;
    } while (again);
  }
  return () => {
    if (reading) {
      again = true;
      return reading;
    }
    reading = readAll().finally(() => {
      reading = null;
    });
    return reading;
  };
}
