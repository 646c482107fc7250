/** In the place of brotli's decoder. */
export default function decompress() {
  throw new Error('WOFF 2 fonts cannot be read: the decoder is not built in.');
}
