/** `MISSING_UV` of the domain, without the schema library that its file needs. */
export const MISSING_UV = -32768;
