export function progressLine(stream?: {
  isTTY?: boolean;
  write(text: string): unknown;
}): (text: string | null) => void;
