import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, homedir, platform, release } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/**
 * A hash of what the outcome of a trial depends on besides the model: ONNX Runtime with the libraries of its providers,
 * the system, and its graphics drivers. Another stamp means that what was found before may not hold any more.
 */
export async function driverStamp(): Promise<string> {
  const hash = createHash('sha256');
  const parts = [platform(), arch(), release(), ...(await onnxRuntime()), ...(await drivers())];
  for (const part of parts) hash.update(`${part}\0`);
  return hash.digest('hex');
}

async function onnxRuntime(): Promise<string[]> {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  // Providers that are installed later lie beside the others: bin/napi-vN/SYSTEM/ARCHITECTURE.
  const bin = join(dirname(manifest), 'bin');
  const libraries: string[] = [];
  for (const api of await listed(bin)) {
    libraries.push(...(await looks(join(bin, api, platform(), arch()))));
  }
  return [version, ...libraries];
}

function drivers(): Promise<string[]> {
  if (platform() === 'linux') return linuxDrivers();
  // Any driver that is installed or updated changes this folder; a Mac's come with the system (`release`).
  if (platform() === 'win32') {
    const root = process.env['SystemRoot'] ?? 'C:\\Windows';
    return look(join(root, 'System32', 'DriverStore', 'FileRepository'));
  }
  return Promise.resolve([]);
}

/** Where the Vulkan loader looks (LoaderDriverInterface.md of KhronosGroup/Vulkan-Loader), and NVIDIA's kernel module. */
async function linuxDrivers(): Promise<string[]> {
  const named = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'LD_LIBRARY_PATH'];
  const values = named.map((name) => process.env[name] ?? '');
  const files = values.slice(0, 3).flatMap((value) => value.split(delimiter));
  const data = process.env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share';
  const folders = [
    ...['/etc/xdg', '/etc', join(homedir(), '.local/share'), ...data.split(delimiter)],
  ].map((folder) => join(folder, 'vulkan', 'icd.d'));
  const found: string[] = [...values, process.env['XDG_RUNTIME_DIR'] === undefined ? '' : 'run'];
  for (const file of files) if (file) found.push(...(await look(file)));
  for (const folder of [...folders, '/dev/dri']) found.push(...(await looks(folder)));
  found.push(await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => ''));
  return found;
}

async function looks(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await listed(folder)) found.push(...(await look(join(folder, name))));
  return found;
}

async function look(path: string): Promise<string[]> {
  const seen = await stat(path).catch(() => null);
  return seen ? [path, String(seen.size), String(seen.mtimeMs)] : [`${path} is not there`];
}

async function listed(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
