import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pulses, writeRecord } from './testing/write-record';
import { keepWithin, openWithinRoot } from './within-root';

let dir: string;
let root: string;
let secret: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-within-'));
  [root, secret] = [join(dir, 'root'), join(dir, 'secret')];
  await mkdir(root);
  await mkdir(secret);
  await writeRecord(secret, { name: 'a', rateHz: 360, seconds: 5, leads: { MLII: pulses } });
  keepWithin(root);
});
afterEach(async () => {
  keepWithin(null);
  await rm(dir, { recursive: true, force: true });
});

/** @returns why a path is not opened, or null */
async function refusal(path: string): Promise<string | null> {
  const opened = await openWithinRoot(path);
  if (!opened.ok) return opened.error.message;
  await opened.value.close();
  return null;
}

it('refuses a recording below the root of which a file lies elsewhere', async () => {
  const own = { name: 'own', rateHz: 360, seconds: 5, leads: { MLII: pulses } };
  const path = await writeRecord(root, own);
  expect(await refusal(path)).toBeNull();

  await rm(join(root, 'own.dat'));
  await symlink(join(secret, 'a.dat'), join(root, 'own.dat'));
  expect(await refusal(path)).toMatch(/^own\.dat of own is a link that leads out/);

  await symlink(secret, join(root, 'folder'));
  expect(await refusal(join(root, 'folder', 'a.hea'))).toMatch(/leads out/);

  await symlink(join(secret, 'a.hea'), join(root, 'a.hea'));
  await writeRecord(dir, { ...own, name: 'b' });
  await symlink(join(secret, 'a.dat'), join(root, 'a.dat'));
  expect(await refusal(join(root, 'a.hea'))).toMatch(/leads out/);
});

it('reads nothing of a file that lies elsewhere: what is wrong in it is not said', async () => {
  for (const [name, text] of [
    ['secret.hea', 'secret 1 250 100\npassword 16 200 16 0 0 0 0 II\n'],
    ['secret.csv', 'password,1\nhunter2,2\n'],
    ['secret.xml', '<password>hunter2</password>'],
  ] as const) {
    await writeFile(join(secret, name), text);
    await symlink(join(secret, name), join(root, name));
    const why = await refusal(join(root, name));
    expect(why).toMatch(/^secret\.\w+ of secret is a link that leads out/);
    expect(why).not.toMatch(/password|hunter2/);
    await rm(join(root, name));
  }
  await symlink(join(secret, 'nowhere.hea'), join(root, 'gone.hea'));
  expect(await refusal(join(root, 'gone.hea'))).toMatch(/does not exist|no such/i);
  expect(await refusal(join(root, 'never.hea'))).toMatch(/does not exist/);
});

it('reads nothing of a file elsewhere that a recording names, nor of one beside it that keeps it from opening', async () => {
  const texts = {
    header: 'password 1 250 100\nhunter2\n',
    data: 'hunter2',
  };
  await writeFile(join(secret, 'header'), texts.header);
  await writeFile(join(secret, 'data'), texts.data);
  const cases: readonly (readonly [main: string, text: string, link: string, to: string])[] = [
    ['m.hea', 'm/1 1 250 100\nsegment 100\n', 'segment.hea', 'header'],
    ['n.hea', 'n 1 250 100\nother.dat 508 200 16 0 0 0 0 II\n', 'other.dat', 'data'],
    ['o.hea', 'o 1 250 100\no.mat 16+24 200 16 0 0 0 0 II\n', 'o.mat', 'data'],
  ];
  for (const [main, text, link, to] of cases) {
    await writeFile(join(root, main), text);
    await symlink(join(secret, to), join(root, link));
    const why = await refusal(join(root, main));
    expect(why).toMatch(/is a link that leads out/);
    expect(why).not.toMatch(/password|hunter2/);
    await rm(join(root, link));
  }
});

it('refuses annotations that lie elsewhere', async () => {
  const path = await writeRecord(root, {
    name: 'own',
    rateHz: 360,
    seconds: 5,
    leads: { MLII: pulses },
  });
  await symlink(join(secret, 'a.dat'), join(root, 'own.atr'));
  expect(await refusal(path)).toMatch(/^own\.atr of own/);
});

it('follows links that stay inside, a root that is a link, and whatever a person named elsewhere', async () => {
  await mkdir(join(root, 'store'));
  const lead = { rateHz: 360, seconds: 5, leads: { MLII: pulses } };
  await writeRecord(join(root, 'store'), { name: 'c', ...lead });
  for (const name of ['c.hea', 'c.dat']) {
    await symlink(join(root, 'store', name), join(root, name));
  }
  expect(await refusal(join(root, 'c.hea'))).toBeNull();

  await symlink(root, join(dir, 'linked'));
  keepWithin(join(dir, 'linked'));
  expect(await refusal(join(dir, 'linked', 'c.hea'))).toBeNull();

  await symlink(join(secret, 'a.dat'), join(dir, 'a.dat'));
  await symlink(join(secret, 'a.hea'), join(dir, 'a.hea'));
  expect(await refusal(join(dir, 'a.hea'))).toBeNull();
});
