import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBuild } from '../../tests/contract/double/require-build';
import { ROOT } from '../build-if-needed.mjs';
import { importedPackages, withDependencies } from './runtime-packages.mjs';
import { writeStandIn } from './stand-in.mjs';

/**
 * What an application is packed from and whether it runs, without Electron: packed with a stand-in for its distribution,
 * taken out of its archive into a folder of its own, and started there under Node; `FIDUCIAL_NODES` names further
 * ones, separated by commas.
 */
const isLinked = lstatSync(join(ROOT, 'node_modules', 'zod')).isSymbolicLink();
const NODES = [process.execPath, ...(process.env['FIDUCIAL_NODES']?.split(',') ?? [])];
const run = promisify(execFile);

describe.skipIf(process.platform !== 'linux' || isLinked)(
  'the package (needs Linux, and node_modules of npm ci)',
  { timeout: 240_000 },
  () => {
    let dir: string;
    let packed: string;
    let app: string;
    let files: string[];

    beforeAll(async () => {
      await requireBuild();
      dir = await mkdtemp(join(tmpdir(), 'fiducial-package-'));
      packed = join(
        dir,
        'dist',
        `linux${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`,
      );
      app = join(dir, 'app');
      await writeStandIn(join(dir, 'electron'));
      const builder = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
      const config = [`-c.electronDist=${dir}/electron`, `-c.directories.output=${dir}/dist`];
      await run(process.execPath, [builder, '--linux', '--dir', ...config], { cwd: ROOT });
      const archive = join(packed, 'resources', 'app.asar');
      files = listPackage(archive, { isPack: false }).map((file) => file.slice(1));
      extractAll(archive, app);
      for (const name of ['models', 'demo']) {
        await cp(join(packed, 'resources', name), join(app, 'resources', name), {
          recursive: true,
        });
      }
    }, 240_000);
    afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

    it('holds what runs, and nothing of sources, tests, training, scripts and documents', () => {
      const top = new Set(files.map((file) => file.split('/')[0]));
      expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json']);
      const out = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')));
      expect([...out].filter((path) => path.startsWith('out/')).sort()).toEqual([
        'out/main',
        'out/preload',
        'out/renderer',
      ]);
      expect(files.filter((file) => /\.(ts|mts|cts|map|md)$|\/\./.test(file))).toEqual([]);
    });

    it('holds the packages that its programs import, and none that came with the page’s', async () => {
      const held = new Set(
        files
          .filter((file) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
          .map((file) => /.*node_modules\/(.+)\/package\.json$/.exec(file)![1]!),
      );
      // Spans are not the desktop's; their interface alone is asked for by the metrics.
      const imported = [...importedPackages(ROOT)].filter(
        (name) => !name.startsWith('@opentelemetry/') || name === '@opentelemetry/api',
      );
      const { required } = withDependencies(ROOT, imported);
      const missing = [...required].filter((name) => !held.has(name));
      expect(missing, 'imported, and left out by "files" of electron-builder.yml').toEqual([]);
      const project = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
        dependencies: Record<string, string>;
      };
      const direct = Object.keys(project.dependencies).filter((name) => held.has(name));
      const known = withDependencies(ROOT, direct);
      const extra = [...held].filter(
        (name) => !known.required.has(name) && !known.optional.has(name),
      );
      expect(extra, 'for "files" of electron-builder.yml to leave out').toEqual([]);
    });

    it('holds native files of its own system and processor alone, outside of the archive', async () => {
      const native = files.filter((file) => /\.(node|so|dll|dylib)(\.\d+)*$/.test(file));
      expect(native.length).toBeGreaterThan(2);
      const others = new RegExp(
        `darwin|win32|musl|${process.arch === 'x64' ? 'arm64' : 'x64'}|\\.dll$|\\.dylib$`,
      );
      expect(native.filter((file) => others.test(file))).toEqual([]);
      const unpacked = join(packed, 'resources', 'app.asar.unpacked');
      expect(native.filter((file) => !existsSync(join(unpacked, file)))).toEqual([]);
    });

    it('carries its models, the demo record, and what is known of its parts', async () => {
      const resources = join(packed, 'resources');
      expect((await readdir(resources)).sort()).toEqual(
        expect.arrayContaining(['app.asar', 'demo', 'icon.png', 'licences', 'models']),
      );
      const list = await readFile(join(resources, 'licences/THIRD-PARTY-LICENCES.txt'), 'utf8');
      expect(list).toMatch(/^onnxruntime-node .* \(MIT\)$/m);
      expect(list).toContain('SIL OPEN FONT LICENSE');
      const bill = JSON.parse(
        await readFile(join(resources, 'licences/sbom.cdx.json'), 'utf8'),
      ) as { bomFormat: string; components: { name: string }[] };
      expect(bill.bomFormat).toBe('CycloneDX');
      const names = bill.components.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining(['electron', 'fastify', 'onnxruntime-node', 'vue']),
      );
      expect(names).not.toContain('vitest');
    });

    it('starts as this application alone: its fuses', async () => {
      const wire = await getCurrentFuseWire(join(packed, 'fiducial'));
      const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === '1'.charCodeAt(0);
      expect(isOn(FuseV1Options.RunAsNode)).toBe(false);
      expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
      expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
      expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
      expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
      expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
      expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true);
    });

    describe.each(NODES)('under %s', (node) => {
      const TOKEN = 'a-token-of-the-test-0123456789';
      const env = (): NodeJS.ProcessEnv => ({
        PATH: process.env['PATH'],
        HOME: dir,
        FIDUCIAL_HOME: join(dir, 'store'),
        FIDUCIAL_TOKEN: TOKEN,
      });
      const cli = (...args: string[]) =>
        run(node, [join(app, 'out/main/cli.js'), ...args], {
          cwd: dir,
          env: env(),
          maxBuffer: 64 * 2 ** 20,
        });
      const demo = (): string => join(app, 'resources/demo/demo');

      it('analyses the demo record by command, as the repository does', async () => {
        const { stdout } = await cli('predict', '--json', demo());
        const answer = JSON.parse(stdout) as { segments: unknown[] };
        expect(answer.segments.length).toBeGreaterThan(100);
        const own = join(ROOT, 'resources/demo/demo');
        const repository = await run(
          process.execPath,
          [join(ROOT, 'bin/fiducial.mjs'), 'predict', '--json', own],
          { env: env(), maxBuffer: 64 * 2 ** 20 },
        );
        const there = JSON.parse(repository.stdout) as { segments: unknown[] };
        expect(answer.segments).toEqual(there.segments);
      });

      it('writes a report', async () => {
        const pdf = join(dir, 'report.pdf');
        await cli('report', demo(), '--out', pdf);
        const bytes = await readFile(pdf);
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        await rm(pdf);
      });

      it('says in a sentence that it sends no spans', async () => {
        const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
        const refused = run(node, [join(app, 'out/main/cli.js'), 'serve', '--port', '0'], {
          env: { ...env(), ...endpoint },
        });
        await expect(refused).rejects.toMatchObject({
          stderr: expect.stringContaining('The desktop application cannot send spans') as string,
        });
      });

      it('serves page and API with an engine and an inference process behind them', async () => {
        const args = [
          join(app, 'out/main/cli.js'),
          'serve',
          '--port',
          '0',
          '--root',
          join(app, 'resources/demo'),
        ];
        const host = spawn(node, args, { env: env(), stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = once(host, 'exit');
        try {
          const address = await new Promise<string>((resolve, reject) => {
            let said = '';
            host.stdout.on('data', (chunk: Buffer) => {
              said += chunk.toString();
              const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
              if (found) resolve(found);
            });
            host.once('exit', () => reject(new Error(`the host ended: ${said}`)));
          });
          const headers = { authorization: `Bearer ${TOKEN}` };
          const page = await fetch(`${address}/`, { headers });
          expect(await page.text()).toContain('<div id="app">');
          const form = new FormData();
          for (const [field, ending] of Object.entries({ file: 'dat', header: 'hea' })) {
            const bytes = await readFile(`${demo()}.${ending}`);
            form.append(field, new Blob([bytes]), `demo.${ending}`);
          }
          const answer = await fetch(`${address}/predict`, { method: 'POST', headers, body: form });
          expect(answer.status).toBe(200);
          const { segments } = (await answer.json()) as { segments: unknown[] };
          expect(segments.length).toBeGreaterThan(100);
        } finally {
          host.kill('SIGTERM');
          await ended;
        }
      });
    });
  },
);
