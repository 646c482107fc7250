import { expect, openDemo, test } from './viewer';

test.use({ hostName: 'connection', expectedErrors: /ERR_|Failed to load|40[13]/ });

test('a lost host is said, and its return; then decisions are saved again', async ({
  viewer: page,
  host,
}) => {
  await openDemo(page);
  await host.kill();
  const banner = page.getByRole('status').filter({ hasText: /Connection|Connected/ });
  await expect(banner).toContainText('lost');
  await host.restart();
  await expect(banner).toContainText('Connected again');
  await page.keyboard.press('n');
  await page.keyboard.press('a');
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await expect(page.getByText('Connected again')).toHaveCount(0);
});
