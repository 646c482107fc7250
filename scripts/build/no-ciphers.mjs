function none() {
  throw new Error('PDF cannot be encrypted: the ciphers are not built in.');
}

/** In the place of @noble/ciphers. */
export const cbc = none;
export const ecb = none;
