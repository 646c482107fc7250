/**
 * `derivedFrom` of a lead that is stored as its device computed it; how, the file does not say. It stands apart from the
 * schemas, which threads that read files do without.
 */
export const BY_DEVICE = 'derived by the device';
