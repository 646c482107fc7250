import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

/** What README, CONTRIBUTING, docs and training name has to be there: whoever follows them believes every word. */
const ROOT = resolve(import.meta.dirname, '../..');
/** What npm, a build, a training or a run of tests makes. */
const MADE =
  /^(node_modules|out|dist|\.git|\.venv|runs|__pycache__|test-results|playwright-report)$/;
const tracked = filesBelow('');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The changelog tells of what was, too. */
const DOCUMENTS = tracked.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
const README = textOf('README.md');
const isCode = (file: string): boolean =>
  /^(src|bin|scripts|tests)\/.*\.(ts|mjs)$/.test(file) &&
  file !== 'tests/contract/documents.test.ts';
const isApplication = (file: string): boolean =>
  isCode(file) && !/^tests\/|\.test\.ts$|\/testing\//.test(file);

/** Files that a run writes, and names that stand for another. */
const NOT_TRACKED =
  /NAME|AREA|MODEL|OUT\b|FILE|\*|^(training\/\.venv|runs?\b|path\/to)|training\/runs|^(app|devices|adoptions|run|sbom\.cdx)\.json|resources\/(app\.asar|licences)|THIRD-PARTY|^torch\.onnx$/;
const SOURCE = /^[\w@./-]+\.(ts|mjs|cjs|py|md|vue|json|yml|onnx)$/;
const FOLDER = /^(src|tests|scripts|docs|training|resources|core|build|bin)\/[\w./-]+$/;

/** A path or a bare file name, as a document or a comment in `from` means it. */
function isThere(name: string, from: string): boolean {
  const path = name.replace(/^\.\//, '').replace(/\/$/, '');
  if (!path.includes('/')) return tracked.some((file) => basename(file) === path);
  const beside = join(dirname(from), path);
  return tracked.some((file) =>
    [path, beside].some(
      (whole) => file === whole || file.endsWith(`/${path}`) || `/${file}`.includes(`/${whole}/`),
    ),
  );
}

/** A heading as GitHub links to it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/^#+ (.*)$/gm)].map((match) => anchorOf(match[1]!));

const inCode = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);

describe.each(DOCUMENTS)('%s', (document) => {
  const text = textOf(document);

  it('is read in one sitting', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(500);
  });

  it('links to what is there', () => {
    const broken = [...text.matchAll(/\]\(([^)]+)\)/g)]
      .map((match) => match[1]!)
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? document : join(dirname(document), path);
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && !anchorsOf(target).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const gone = inCode(text)
      .flatMap((code) => code.split(/[\s,()]+/))
      .filter((word) => SOURCE.test(word) || FOLDER.test(word))
      .filter((word) => !NOT_TRACKED.test(word) && !isThere(word, document));
    expect(gone).toEqual([]);
  });

  it('names scripts of npm that are there', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const gone = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)]
      .map((match) => match[1]!)
      .filter((name) => !Object.hasOwn(scripts, name));
    expect(gone).toEqual([]);
  });

  it('names commands and options that there are', async () => {
    const options = await commandOptions();
    const wrong = text.split('\n').flatMap((line) =>
      [...line.matchAll(/\bfiducial ([a-z]+)\b(?!:)((?:[^`|]|\\\|)*)/g)].flatMap(
        ([, name = '', rest = '']) => {
          const known = options.get(name);
          // Prose says "fiducial" of the program too; a line of commands or code in backticks means one.
          if (!known) return /npx fiducial|`fiducial/.test(line) ? [`fiducial ${name}`] : [];
          return [...rest.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)]
            .map(([option]) => option)
            .filter((option) => !known.has(option))
            .map((option) => `fiducial ${name} ${option}`);
        },
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('names variables that something reads', () => {
    const variables = variablesIn(isCode);
    const named = [...text.matchAll(/\bFIDUCIAL_[A-Z_]+\b/g)].map(([name]) => name);
    expect(named.filter((name) => !variables.has(name))).toEqual([]);
  });
});

describe('the pictures', () => {
  it('are all shown somewhere', () => {
    const shown = DOCUMENTS.map(textOf).join('\n');
    const pictures = tracked.filter((file) => file.startsWith('docs/') && file.endsWith('.png'));
    expect(pictures.filter((file) => !shown.includes(basename(file)))).toEqual([]);
  });
});

describe('README', () => {
  /** Between npm's own scripts, and of their tests. */
  const INTERNAL = new Set(['FIDUCIAL_PYTHON_FOUND', 'FIDUCIAL_ELECTRON_DIR']);

  it('has a line for every command', async () => {
    const options = await commandOptions();
    const missing = [...options.keys()].filter(
      (name) => !new RegExp(`^    npx fiducial (worker.*)?${name}\\b`, 'm').test(README),
    );
    expect(missing).toEqual([]);
  });

  it('has a line for every variable that the application and its start read', () => {
    const inTable = new Set(
      [...README.matchAll(/^\| `FIDUCIAL_.*? \|/gm)].flatMap(([cell]) => inCode(cell)),
    );
    const read = [...variablesIn(isApplication)];
    expect(read.filter((name) => !inTable.has(name) && !INTERNAL.has(name))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('has a row for every room of core, below those that it may import', () => {
    const cruiser = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
      forbidden: readonly { name: string; comment?: string }[];
    };
    const rooms = readdirSync(join(ROOT, 'src/core'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const rows = [...textOf('docs/architecture.md').matchAll(/^\| `([a-z-]+)` +\|/gm)]
      .map((match) => match[1]!)
      .filter((name) => rooms.includes(name));
    expect([...rows].sort()).toEqual([...rooms].sort());
    const above = cruiser.forbidden.flatMap(({ name, comment }) => {
      const room = name.replace('core/', '');
      const imported = /may import (.*)\.$/.exec(comment ?? '')?.[1]?.split(', ') ?? [];
      return rows.includes(room)
        ? imported
            .filter((other) => rows.indexOf(other) > rows.indexOf(room))
            .map((other) => `${room} imports ${other}, which stands below it`)
        : [];
    });
    expect(above).toEqual([]);
  });
});

describe('docs/models.md', () => {
  const text = textOf('docs/models.md');

  it.each(['beat-attention', 'attention-cnn'])('names the version of %s', (id) => {
    const { version } = JSON.parse(textOf(`resources/models/${id}.json`)) as { version: string };
    expect(text).toContain(`\`${id}\` ${version}`);
  });

  it.each([
    ['beat-attention', '### Holters: MIT-BIH and svdb', '## Method', 2],
    ['attention-cnn', '## The reference network beside it', '## What would teach', 1],
  ])('has the figures of the card of %s', (id, from, to, columns) => {
    const card = JSON.parse(textOf(`resources/models/${id}.json`)) as { metrics: unknown };
    const onCard = new Set(intervalsOf(card.metrics));
    const section = text.slice(text.indexOf(from), text.indexOf(to));
    // The last column of the reference network is of the version before.
    const cells = [...section.matchAll(/^\|.*\|$/gm)].flatMap(([row]) =>
      row.split('|').slice(2, 2 + columns),
    );
    const figures = cells.map((cell) => cell.trim()).filter((cell) => cell.includes(' to '));
    expect(figures.length).toBeGreaterThan(3);
    expect(figures.filter((figure) => !onCard.has(figure))).toEqual([]);
  });

  it('begins with the figures of its tables', () => {
    type Figures = Record<'ectopyRocAuc' | 'vF1' | 'sF1', { value: number }>;
    const { metrics } = JSON.parse(textOf('resources/models/beat-attention.json')) as {
      metrics: Record<string, Figures>;
    };
    const both = (name: keyof Figures, digits: number): string[] =>
      ['mitdb', 'svdb'].map((set) =>
        metrics[`crossValidation.${set}`]![name].value.toFixed(digits),
      );
    const [mitdbRoc, svdbRoc] = both('ectopyRocAuc', 3);
    expect(text).toContain(`ROC-AUC ${mitdbRoc} (MIT-BIH) and ${svdbRoc} (svdb)`);
    expect(text).toContain(
      `V F1 ${both('vF1', 2).join(' and ')}, S F1 ${both('sF1', 2).join(' and ')};`,
    );
  });
});

describe('comments', () => {
  /** Files of others that comments name, and files that a run writes. */
  const OTHERS = new Set(['LoaderDriverInterface.md', 'docs/Privacy.md', 'data/README.md']);
  const WRITTEN = /path\/to|FOLDER|script\.mjs|index\.cjs/;

  it('name files that are there', () => {
    const files = tracked.filter((file) => /\.(ts|mjs|vue|py|cjs)$/.test(file));
    const gone = files.flatMap((file) =>
      commentsOf(file).flatMap(({ line, comment }) =>
        [...comment.matchAll(/[\w@./-]*[\w-]\.(?:ts|mjs|cjs|py|md|vue)\b(?!\.)/g)]
          .map(([name]) => name)
          .filter((name) => !OTHERS.has(name) && !WRITTEN.test(name) && !isThere(name, file))
          .map((name) => `${file}:${line} ${name}`),
      ),
    );
    expect(gone).toEqual([]);
  });
});

/** Every figure with its interval, as documents write it. */
function intervalsOf(metrics: unknown): readonly string[] {
  if (metrics === null || typeof metrics !== 'object') return [];
  const { value, low, high } = metrics as Record<string, unknown>;
  if ([value, low, high].every((one) => typeof one === 'number')) {
    const [at, from, till] = [value, low, high].map((one) => (one as number).toFixed(3));
    return [`${at} (${from} to ${till})`];
  }
  return Object.values(metrics).flatMap(intervalsOf);
}

/** Comments of a file, line by line: of blocks, of lines, of Python. */
function commentsOf(file: string): readonly { line: number; comment: string }[] {
  const isPython = file.endsWith('.py');
  let inBlock = false;
  return textOf(file)
    .split('\n')
    .flatMap((text, index) => {
      const starts = isPython ? /#/ : inBlock ? /^/ : /(?:^|\s)(?:\/\*|\/\/ )/;
      const at = text.search(starts);
      if (at < 0) return [];
      const comment = text.slice(at);
      if (!isPython)
        inBlock = (inBlock || comment.trimStart().startsWith('/*')) && !comment.includes('*/');
      return [{ line: index + 1, comment }];
    });
}

/** Our own files, as paths from the root. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (MADE.test(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

/** Names of our own variables that files of the given kind hold outside of their comments. */
function variablesIn(isWanted: (file: string) => boolean): ReadonlySet<string> {
  const names = tracked.filter(isWanted).flatMap((file) => {
    const comments = new Set(commentsOf(file).map(({ line }) => line));
    const code = textOf(file)
      .split('\n')
      .filter((text, index) => !comments.has(index + 1) || /process\.env/.test(text));
    return [...code.join('\n').matchAll(/\bFIDUCIAL_[A-Z_]+\b/g)].map(([name]) => name);
  });
  return new Set(names);
}

/** The long options of every command, those of its own commands among them. */
async function commandOptions(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const folder = join(ROOT, 'src/cli/commands');
  const names = readdirSync(folder).filter((name) => !name.includes('.test.'));
  const commands = await Promise.all(
    names.map(async (name) => {
      const own = (await import(join(folder, name))) as Record<string, () => Command>;
      return own[`${basename(name, '.ts')}Command`]!();
    }),
  );
  return new Map(
    commands.map((command) => {
      const all = [command, ...command.commands].flatMap(({ options }) => options);
      return [command.name(), new Set(['--help', ...all.map(({ long }) => long ?? '')])];
    }),
  );
}
