const { inflateRawSync } = require('node:zlib');

/** As tiny-inflate: fills `target` with what raw deflate packed into `source`, and returns what was filled. */
module.exports = function inflate(source, target) {
  const plain = inflateRawSync(source);
  target.set(plain);
  return plain.length < target.length ? target.subarray(0, plain.length) : target;
};
