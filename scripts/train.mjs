#!/usr/bin/env node
/** `npm run train -- --db DB`: see scripts/train/index.ts, which this only starts. */
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, fileURLToPath(new URL('./train/index.ts', import.meta.url)));
await import('./run-ts.mjs');
