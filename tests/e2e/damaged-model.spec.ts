import { expect, openRecord, paper, test } from './viewer';

test.use({ hostName: 'damaged-model', isAnalysed: false, damagedModel: true });

test('a damaged default model is said, and no other judges in its place', async ({
  viewer: page,
}) => {
  await openRecord(page, 'demo');
  await expect(paper(page)).toBeVisible();
  const alert = page.getByRole('alert').filter({ hasText: 'beat-attention' }).first();
  await expect(alert).toContainText('Model "beat-attention" cannot be used.');
  await expect(alert).toContainText('beat-attention.onnx does not have the SHA-256');
  await expect(alert).toContainText(
    'Nothing is analysed with another model unless you name it (attention-cnn).',
  );
  await expect(page.getByText(/analysis done in/)).toHaveCount(0);

  // Empty lanes would say that nothing is there: these say that nobody looked.
  await expect(page.locator('.whole .sums').getByText('not analysed', { exact: true })).toHaveCount(
    6,
  );
  // The line at the foot gives way to the keys beside it.
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(page.getByRole('button', { name: /keys$/ })).toBeInViewport({ ratio: 1 });
  // The one that is left is a press away, and is named by nobody but the reader.
  await alert.getByRole('button', { name: 'Another model …' }).click();
  await expect(page.getByRole('dialog')).toContainText('attention-cnn');
});
