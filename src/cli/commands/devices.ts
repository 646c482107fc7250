import { Command } from 'commander';
import type { Workbench } from '../../core/workbench';
import type { DeviceReport, ModelDevices } from '../../shared/contract';
import { formatSpeed, providerName } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { createProgress } from '../lib/progress';
import { withWorkbench } from '../lib/workbench';

interface Options {
  json?: boolean;
}

/** `fiducial devices`: what each model can run on here, tried anew. */
export function devicesCommand(): Command {
  return new Command('devices')
    .description('try what the models can run on here (CPU, GPU) and say what is used, and why')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Each provider of ONNX Runtime runs a batch of the demo. One is used where its probabilities agree with the
CPU's within 0.001 and it is faster. The outcome is kept until the model, ONNX Runtime or the graphics driver
changes. FIDUCIAL_DEVICE=cpu (or webgpu, cuda, ...) in the environment decides for one of them.`,
    )
    .action(async (options: Options) => {
      process.exitCode = EXIT.someFailed;
      process.exitCode = await interruptible((signal) =>
        withWorkbench((bench) => devices(bench, options, signal)),
      );
    });
}

async function devices(
  { models, inference }: Workbench,
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const list = await models.list();
  if (!list.ok) return fail(list.error);
  const progress = createProgress();
  const found: ModelDevices[] = [];
  for (const model of list.value) {
    const { id } = model.card;
    const reports = await inference.tryDevices(model, {
      again: true,
      signal,
      onTrying: (provider) => progress.update(`${id}: trying ${providerName(provider)}`),
    });
    found.push({ model: id, devices: [...reports] });
  }
  progress.end();
  if (signal.aborted) return fail({ code: 'cancelled', message: 'The trial was stopped.' });
  console.log(options.json ? JSON.stringify({ models: found }) : found.map(table).join('\n\n'));
  return found.length > 0 && (await models.refused()).length === 0 ? EXIT.done : EXIT.someFailed;
}

function table({ model, devices: reports }: ModelDevices): string {
  return [model, ...reports.map(line)].join('\n');
}

function line(device: DeviceReport): string {
  const { provider, available, chosen, segmentsPerSecond, reason } = device;
  const state = chosen ? 'in use' : available ? 'not used' : 'not available';
  const rate = segmentsPerSecond === null ? '' : `${formatSpeed(segmentsPerSecond)} segments/s`;
  return `  ${providerName(provider).padEnd(10)} ${state.padEnd(14)} ${rate.padEnd(18)} ${reason}`;
}
