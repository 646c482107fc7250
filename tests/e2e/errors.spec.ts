import { decide, expect, openDemo, openRecord, paper, rowOf, test } from './viewer';

test('a broken header is one clear message that names file and field', async ({ viewer: page }) => {
  await openRecord(page, 'broken');
  const alert = page.getByRole('alert').filter({ hasText: 'This record cannot be read' });
  await expect(alert).toContainText('broken.hea');
  await expect(alert).toContainText(/gain/i);
  await expect(paper(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Worklist', exact: true }).click();
  await expect(rowOf(page, 'broken')).toContainText('Cannot be read');
  // The viewer goes on: another record opens.
  await openDemo(page);
});

test('a signal file that is too short is shown as far as it goes, or named', async ({
  viewer: page,
}) => {
  await openRecord(page, 'short');
  await expect(
    page
      .getByText(/short\.(dat|hea)/)
      .or(paper(page))
      .first(),
  ).toBeVisible();
  await expect(page.getByText(/short\.dat/).first()).toBeVisible();
});

test.describe('without an answer', () => {
  test.use({ expectedErrors: /ERR_FAILED/ });

  test('a lost host is said, not shown as an empty page', async ({ viewer: page }) => {
    await openDemo(page);
    await page.route('**/rpc/review.decide', (route) => route.abort());
    await page.keyboard.press('n');
    await decide(page, 'a');
    await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible();
    await expect(page.getByText(/^Saved/)).toHaveCount(0);
    await page.unroute('**/rpc/review.decide');
  });
});
