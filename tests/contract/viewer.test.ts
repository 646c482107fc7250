import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../../src/core/processes/testing/test-record';
import type { AnalysisStatus, RecordingEntry } from '../../src/shared/domain';
import { CHANNELS } from '../../src/shared/transport/channels';
import {
  CHROMIUM,
  launchChromium,
  openPage,
  PAGE_ORIGIN,
  type DoublePage,
} from './double/open-page';
import type { PageGlobals } from './double/page-shim';
import { requireBuild } from './double/require-build';
import { startDouble, type Double } from './double/start-double';
import { decide } from '../support/decide';

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
  };
}
const PATIENT = { timeout: 25_000 };

/**
 * The built viewer and preload in real Chromium, the built main entry and its processes behind them; only
 * Electron itself is replaced by the double.
 */
describe.skipIf(!CHROMIUM)('the viewer behind the bridge (needs a Chromium)', () => {
  let dir: string;
  let browser: Browser;
  let double: Double;
  let opened: DoublePage;

  beforeAll(async () => {
    await requireBuild();
    dir = await mkdtemp(join(tmpdir(), 'fiducial-viewer-'));
    browser = await launchChromium();
    double = await startDouble({ profile: dir });
    opened = await openPage(browser, double);
  });
  afterAll(async () => {
    await opened?.close();
    await double?.close();
    await browser?.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Number of pixels drawn on the trace canvases; the paper below them is none of theirs. */
  const drawnPixels = (): Promise<number> =>
    opened.page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { querySelectorAll(selector: string): Iterable<Canvas> };
      };
      let drawn = 0;
      for (const canvas of document.querySelectorAll('main .u-wrap canvas')) {
        const { width, height } = canvas;
        if (width === 0 || height === 0) continue;
        const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
        for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) drawn++;
      }
      return drawn;
    });

  /** Who is open stands on the left, above the tabs. */
  const isOpen = (name: string): Promise<void> =>
    opened.page.getByRole('heading', { name: new RegExp(`^${name}`) }).waitFor();
  /** Chooses a recording from the worklist, which folds once one is open. */
  const openEntry = async (name: string): Promise<void> => {
    const { page } = opened;
    const back = page.getByRole('button', { name: 'Worklist', exact: true });
    const entry = page
      .getByRole('region', { name: 'Worklist' })
      .getByRole('button', { name: new RegExp(name) });
    await back.or(entry.first()).first().waitFor();
    if (await back.isVisible()) await back.click();
    await entry.first().click();
    await isOpen(name);
  };

  it('opens the demo record and draws its traces', async () => {
    const { page } = opened;
    await openEntry('demo');
    // Two leads across a pane of some 900 pixels are several thousand pixels of ink.
    await expect.poll(drawnPixels, PATIENT).toBeGreaterThan(3000);
    await page.getByText('MLII').first().waitFor();
  });

  it('shows nothing that its content security policy forbids, and logs no warning', () => {
    expect(opened.errors).toEqual([]);
  });

  it('gives the page the bridge and nothing else of Electron', async () => {
    const seen = await opened.page.evaluate(() => {
      const globals = globalThis as unknown as Record<string, Record<string, unknown>>;
      return {
        bridge: Object.keys(globals['fiducial']!).sort(),
        frozen: Object.isFrozen(globals['fiducial']),
        node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in globals,
        ),
      };
    });
    expect(seen).toEqual({
      bridge: ['call', 'cancel', 'drag', 'dropped', 'kind', 'on', 'pick', 'save'],
      frozen: true,
      node: [],
    });
  });

  it('hands events on without the IPC event object', async () => {
    const { page } = opened;
    await page.evaluate(() => {
      const globals = globalThis as unknown as {
        fiducial: { on(event: string, listener: (...args: unknown[]) => void): void };
        seen: unknown[];
      };
      globals.fiducial.on('host.command', (...args) => (globals.seen = args));
    });
    await double.clickMenu('Help', 'Keys');
    const seen = (): Promise<unknown> =>
      page.evaluate(() => (globalThis as unknown as { seen?: unknown }).seen);
    await expect.poll(seen).toEqual([{ command: 'show-keys' }]);
    await page.keyboard.press('Escape');
  });

  it('opens a record that is dropped on the window', async () => {
    const { page } = opened;
    await mkdir(join(dir, 'dropped'));
    const path = await writeTestRecord(join(dir, 'dropped'), { name: 'dropped', seconds: 40 });
    await page.evaluate(
      ([file]) => {
        const globals = globalThis as unknown as PageGlobals & {
          DataTransfer: new () => { items: { add(file: File): void } };
          DragEvent: new (type: string, init: object) => unknown;
          document: { querySelector(selector: string): { dispatchEvent(event: unknown): void } };
        };
        globals.__pathOfFile = { 'dropped.hea': file! };
        const dataTransfer = new globals.DataTransfer();
        dataTransfer.items.add(new File(['x'], 'dropped.hea'));
        globals.document
          .querySelector('#app > *')
          .dispatchEvent(new globals.DragEvent('drop', { dataTransfer, bubbles: true }));
      },
      [path],
    );
    await isOpen('dropped');
  });

  it('opens what a second start of the application names', async () => {
    const path = await writeTestRecord(dir, { name: 'second', seconds: 30 });
    double.emitApp('second-instance', [], dir, { paths: [path] });
    await isOpen('second');
  });

  it('cannot be left, nor opened in another window', async () => {
    const { page } = opened;
    const blocked = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'fetched',
        () => 'blocked',
      ),
    );
    expect(blocked).toBe('blocked');
    const inline = await page.evaluate(() => {
      const globals = globalThis as unknown as {
        document: {
          createElement(name: string): { textContent: string };
          body: { append(node: unknown): void };
        };
        ran?: boolean;
      };
      const script = globals.document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      globals.document.body.append(script);
      return globals.ran === true;
    });
    expect(inline).toBe(false);
    expect(new URL(page.url()).origin).toBe(PAGE_ORIGIN);
  });

  describe('with decisions made', () => {
    const decided = (): Promise<number> =>
      opened.page.evaluate(async () => {
        interface Entries {
          value: { entries: { decided: number }[] };
        }
        const { fiducial } = globalThis as unknown as {
          fiducial: { call(method: string, input: object, id: number): Promise<Entries> };
        };
        const { value } = await fiducial.call('recordings.list', {}, 900_001);
        return value.entries.reduce((sum, entry) => sum + entry.decided, 0);
      });
    /** By then an undo that must not happen would have happened. */
    const settled = (): Promise<void> => opened.page.waitForTimeout(500);
    /** What another start of the application finds in the trail of decisions. */
    const writtenNotes = async (): Promise<string> => {
      const again = await startDouble({ profile: dir });
      await again.loaded;
      const call = async <T>(method: string, input: object): Promise<T> => {
        const answer = await again.invoke(CHANNELS.call, { method, input, requestId: 1 });
        return (answer as { value: T }).value;
      };
      const { entries } = await call<{ entries: RecordingEntry[] }>('recordings.list', {});
      const { recordingId } = entries.find(({ name }) => name === 'demo')!;
      const request = { recordingId, modelId: null, lead: null };
      const { analysisId } = await call<AnalysisStatus>('analysis.start', request);
      const history = await call('review.history', { analysisId });
      await again.close();
      return JSON.stringify(history);
    };
    /** Pixels of a page that are not the paper's. */
    const inkOf = (canvas: Locator): Promise<number> =>
      canvas.evaluate((element) => {
        const { width, height, getContext } = element as unknown as Canvas;
        const { data } = getContext.call(element, '2d').getImageData(0, 0, width, height);
        let ink = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i]! < 128 && data[i + 3]! > 0) ink++;
        return ink;
      });
    const note = () => opened.page.getByRole('textbox', { name: 'Note' });

    it('counts them', async () => {
      const { page } = opened;
      await openEntry('demo');
      await page.getByText(/analysis done in/).waitFor({ timeout: 90_000 });
      await page.getByRole('tab', { name: /^Segments/ }).click();
      await page.getByRole('group', { name: /^ECG paper/ }).focus();
      await page.keyboard.press('n');
      for (let made = 1; made <= 3; made++) {
        await decide(page, 'a');
        await expect.poll(decided, PATIENT).toBe(made);
      }
    }, 120_000);

    it('undo in the note is the note’s, and goes no further when its text is gone', async () => {
      const { page } = opened;
      await note().focus();
      await page.keyboard.type('x');
      for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
      await double.press('Ctrl+Z');
      await expect.poll(() => note().inputValue(), PATIENT).toBe('');
      await settled();
      expect(await decided()).toBe(3);
    });

    it('undo over a dialog takes nothing back behind it', async () => {
      const { page } = opened;
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Control+z');
      await double.press('Ctrl+Z');
      await double.clickMenu('View', 'Next flagged segment');
      await settled();
      expect(await decided()).toBe(3);
      await page.keyboard.press('Escape');
    });

    it('undo elsewhere takes the last one back, by its key and by the menu', async () => {
      await opened.page.keyboard.press('Control+z');
      await expect.poll(decided, PATIENT).toBe(2);
      await double.clickMenu('Edit', 'Undo');
      await expect.poll(decided, PATIENT).toBe(1);
    });

    it('a page that was gone comes back on the recording that was open', async () => {
      const { page } = opened;
      await double.gone('crashed');
      await opened.comeBack();
      await page.getByText('The viewer ended (crashed)').waitFor();
      await expect.poll(drawnPixels, PATIENT).toBeGreaterThan(3000);
      expect(await decided()).toBe(1);
      await double.clickMenu('Help', 'Keys');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
    });

    it('a report is shown page by page before it is saved', { timeout: 180_000 }, async () => {
      const { page } = opened;
      const before = opened.errors.length;
      await page.keyboard.press('Control+p');
      await page.getByRole('button', { name: 'Write the report' }).click();
      const first = page.getByRole('img', { name: /^Page 1 of \d+$/ });
      await first.waitFor({ timeout: 120_000 });
      await first.scrollIntoViewIfNeeded();
      await expect.poll(() => inkOf(first), PATIENT).toBeGreaterThan(1000);
      expect(opened.errors.slice(before)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    it('closing the window keeps the note that is being written', async () => {
      const { page } = opened;
      await page.getByRole('tab', { name: /^Segments/ }).click();
      await page.getByRole('group', { name: /^ECG paper/ }).focus();
      await page.getByRole('heading', { name: /^Decision/ }).waitFor();
      await page.keyboard.press('Shift+N');
      await decide(page, 'a');
      await expect.poll(decided, PATIENT).toBe(2);
      await page.keyboard.press('p');
      await note().focus();
      await page.keyboard.type('seen twice');
      await double.closeWindow();
      expect(await double.ended).toBe(0);
      expect(await writtenNotes()).toContain('seen twice');
    });
  });
});
