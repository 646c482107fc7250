import { expect, it } from 'vitest';
import { annotateCommand } from './annotate';
import { convertCommand } from './convert';
import { detectCommand } from './detect';
import { evaluateCommand } from './evaluate';
import { findingsCommand } from './findings';
import { infoCommand } from './info';
import { measureCommand } from './measure';
import { predictCommand } from './predict';
import { reportCommand } from './report';
import { reviewCommand } from './review';
import { scanCommand } from './scan';

const ANALYSE = [
  annotateCommand,
  convertCommand,
  detectCommand,
  findingsCommand,
  measureCommand,
  predictCommand,
  reportCommand,
  reviewCommand,
  scanCommand,
];

const optionsOf = (command: () => ReturnType<typeof infoCommand>) =>
  command().options.map(({ long }) => long);

it.each(ANALYSE)('$name takes the lead to read, and what a file leaves out', (command) => {
  expect(optionsOf(command)).toEqual(expect.arrayContaining(['--lead', '--fs', '--gain']));
});

it('takes what a file leaves out where nothing is analysed, and the lead where databases are', () => {
  expect(optionsOf(infoCommand)).toEqual(expect.arrayContaining(['--fs', '--gain']));
  expect(optionsOf(evaluateCommand)).toContain('--lead');
});
