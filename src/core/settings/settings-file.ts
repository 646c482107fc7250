import { z } from 'zod';
import { PortableSettings, type Settings } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { Told } from '../../shared/domain/failure';
import { errSaid, toldBy } from '../../shared/domain/said';

const FORMAT = 'fiducial-settings';
const VERSION = 1;
/** Of a value that is refused, in the sentence that says so. */
const MOST_SHOWN = 40;

const Head = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.int().min(1),
  settings: z.record(z.string(), z.unknown()),
});

/** The settings that go to another machine, as the text of a file. */
export function settingsFileText(settings: Settings): string {
  const file = {
    format: FORMAT,
    formatVersion: VERSION,
    settings: PortableSettings.parse(settings),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads exported settings. Fields that the file leaves out stay as they are; a single one that cannot be taken refuses
 * all of it, so that no machine is left with half of another's settings.
 * @param name the file's name, for messages
 * @returns `bad-input` that names the file and the field
 */
export function parseSettingsFile(json: string, name: string): Result<Partial<PortableSettings>> {
  const head = Head.safeParse(parsed(json));
  if (!head.success) return errSaid('bad-input', 'failures.noSettings', { file: name });
  const { formatVersion, settings } = head.data;
  if (formatVersion > VERSION)
    return errSaid('bad-input', 'failures.settingsOfLaterVersion', { file: name });
  for (const [field, value] of Object.entries(settings)) {
    if (!isPortable(field))
      return errSaid('bad-input', 'failures.noSuchSetting', { file: name, field });
    const read = PortableSettings.shape[field].safeParse(value);
    if (read.success) continue;
    const path = read.error.issues[0]?.path ?? [];
    const at = [field, ...path.map(String)].join('.');
    const shown = valueText(path.reduce(valueAt, value));
    return errSaid('bad-input', 'failures.settingRefused', { file: name, field: at, value: shown });
  }
  return ok(PortableSettings.partial().parse(settings));
}

const isPortable = (field: string): field is keyof PortableSettings =>
  Object.hasOwn(PortableSettings.shape, field);

function parsed(json: string): unknown {
  try {
    // Some editors write a mark of the byte order first.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

function valueText(value: unknown): string | Told {
  if (value === undefined) return toldBy('failures.settingLeftOut');
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
