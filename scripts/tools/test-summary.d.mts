import type { FoundTool } from './ensure-tools.mjs';

export interface TestOutcome {
  file: string;
  group: string;
  state: 'passed' | 'failed' | 'skipped';
  reason: string | null;
}
export function readVitest(path: string, root: string): TestOutcome[];
export function readPlaywright(path: string): TestOutcome[];
export function summary(run: {
  steps: { name: string; seconds: number; passed: boolean }[];
  tools: FoundTool[];
  results: TestOutcome[];
}): string;
