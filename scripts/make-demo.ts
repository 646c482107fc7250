/** `npm run demo`: writes the committed demo record again; the same bytes every time. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DEMO_RECORD, writeSyntheticRecord } from '../src/core/synthesis';

const dir = process.argv[2] ?? path.resolve(import.meta.dirname, '../resources/demo');
await mkdir(dir, { recursive: true });
await writeSyntheticRecord(dir, DEMO_RECORD);
console.log(`${path.join(dir, DEMO_RECORD.name)}: ${DEMO_RECORD.durationS} s written`);
