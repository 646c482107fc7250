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
});
