import { expect, test } from './viewer';

test('the browser makes no page but ours, and leaves off what Playwright leaves off', async ({
  viewer,
  browser,
}) => {
  await expect(viewer.getByRole('button', { name: 'Menu' })).toBeVisible();
  const cdp = await browser.newBrowserCDPSession();
  // Also those of the address bar and other parts of a window, which Playwright does not list.
  const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{}] });
  const own = targetInfos.filter(({ url }) => /^chrome(-untrusted)?:/.test(url));
  expect(own.map(({ url }) => url)).toEqual([]);

  // Chromium heeds the last list of features alone.
  const { commandLine } = await cdp.send('SystemInfo.getInfo');
  const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, list]) =>
    list!.split(','),
  );
  expect(lists.length).toBeGreaterThan(1);
  expect(lists.at(-1)).toEqual(expect.arrayContaining(lists.flat()));
});
