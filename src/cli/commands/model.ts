import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { modelAt, modelKey, table } from '../../core/workbench';
import type { Service } from '../../core/service';
import type { Adoption, KnownNetwork, MethodOutput } from '../../shared/contract';
import { err, ok, type ModelCard, type Result } from '../../shared/domain';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { withService } from '../lib/with-service';

type Listed = Required<MethodOutput<'models.list'>>;

interface PersonOptions {
  reader?: string;
  yes?: boolean;
  model?: string;
}

/** `fiducial model`: which network is in use, and who took it into use. */
export function modelCommand(): Command {
  return new Command('model')
    .description('networks: which is in use, adopt another, go back')
    .addCommand(listCommand())
    .addCommand(addCommand())
    .addCommand(adoptCommand())
    .addCommand(rollbackCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('every network that there is, which is in use, and who adopted what')
    .option('--json', 'print cards and adoptions as JSON')
    .action((options: { json?: boolean }) =>
      act(async (service, signal) => {
        const listed = await list(service, signal);
        if (!listed.ok) return listed;
        return ok(options.json ? JSON.stringify(listed.value, null, 2) : listText(listed.value));
      }),
    );
}

function addCommand(): Command {
  return new Command('add')
    .description(
      'bring a model in, so that the viewer can compare and adopt it; nothing uses it yet',
    )
    .argument('<model>', 'its folder or card')
    .action((from: string) =>
      act(async (service) => {
        const added = await service.addModel(from);
        return added.ok
          ? ok(`${modelKey(added.value)}  version ${added.value.card.version}`)
          : added;
      }),
    );
}

function adoptCommand(): Command {
  return new Command('adopt')
    .description('take a network into use for everything that is analysed from now on')
    .argument('<model>', 'its folder or card, or the key of one that was brought in')
    .option('--reader <name>', 'who adopts it, instead of the name in the settings')
    .option('--yes', 'having seen the figures of both: adopt it')
    .addHelpText(
      'after',
      `
Without --yes nothing changes: the figures of the card in use and of this one are shown beside each other.
What was analysed before keeps the network that read it, and so do its reports.`,
    )
    .action((from: string, options: PersonOptions) =>
      act((service, signal) => adopt(service, from, options, signal)),
    );
}

function rollbackCommand(): Command {
  return new Command('rollback')
    .description('go back to the network that was in use before the last adoption')
    .option('--model <id>', 'which model', 'beat-attention')
    .option('--reader <name>', 'who goes back, instead of the name in the settings')
    .action((options: PersonOptions) =>
      act(async (service, signal) => {
        const reader = await readerName(service, options, signal);
        if (!reader.ok) return reader;
        const wanted = { modelId: options.model!, reader: reader.value };
        const done = await service.handlers['models.rollback'](wanted, { signal });
        return done.ok ? ok(stepText(done.value)) : done;
      }),
    );
}

async function adopt(
  service: Service,
  from: string,
  options: PersonOptions,
  signal: AbortSignal,
): Promise<Result<string>> {
  const reader = await readerName(service, options, signal);
  if (!reader.ok) return reader;
  const before = await list(service, signal);
  if (!before.ok) return before;
  const wanted = await wantedModel(from, before.value);
  if (!wanted.ok) return wanted;
  const { key, card } = wanted.value;
  const current = before.value.every.find((one) => one.inUse && one.card.id === card.id);
  const figures = figuresText(current?.card ?? null, card);
  if (!options.yes) return ok(`${figures}\n\nNothing was changed; --yes adopts ${key}.`);
  if (existsSync(from)) {
    const added = await service.addModel(from);
    if (!added.ok) return added;
  }
  const done = await service.handlers['models.adopt']({ key, reader: reader.value }, { signal });
  return done.ok ? ok(`${figures}\n\n${stepText(done.value)}`) : done;
}

async function wantedModel(
  from: string,
  { every }: Listed,
): Promise<Result<Pick<KnownNetwork, 'key' | 'card'>>> {
  if (existsSync(from)) {
    const model = await modelAt(from);
    return model.ok ? ok({ key: modelKey(model.value), card: model.value.card }) : model;
  }
  const known = every.find(({ key }) => key === from);
  return known
    ? ok(known)
    : err('not-found', `There is no network ${from}; see fiducial model list.`);
}

async function list(service: Service, signal: AbortSignal): Promise<Result<Listed>> {
  const listed = await service.handlers['models.list']({}, { signal });
  if (!listed.ok) return listed;
  const { refused = [], every = [], adoptions = [], ...rest } = listed.value;
  return ok({ ...rest, refused, every, adoptions });
}

async function readerName(
  service: Service,
  { reader }: PersonOptions,
  signal: AbortSignal,
): Promise<Result<string>> {
  if (reader !== undefined) return ok(reader);
  const settings = await service.handlers['settings.get']({}, { signal });
  if (!settings.ok) return settings;
  const { readerName: name } = settings.value;
  return name.trim() === ''
    ? err('bad-input', 'A network is adopted by a person: name one with --reader.')
    : ok(name);
}

/** Runs and prints; the process's exit code says whether it could be done. */
async function act(
  work: (service: Service, signal: AbortSignal) => Promise<Result<string>>,
): Promise<void> {
  const done = await interruptible((signal) => withService((service) => work(service, signal)));
  if (done.ok) console.log(done.value);
  else process.exitCode = fail(done.error);
}

function listText({ every, adoptions, refused }: Listed): string {
  const rows = every.map(({ key, card, inUse, shipped }) => [
    key,
    card.version,
    shipped ? 'shipped' : 'brought in',
    inUse ? 'in use' : '',
  ]);
  return [
    table([['network', 'version', '', ''], ...rows]),
    ...adoptions.map(stepText),
    ...refused,
  ].join('\n');
}

function stepText({ kind, modelId, version, reader, atMs }: Adoption): string {
  const did = kind === 'adopt' ? 'adopted' : 'rolled back to';
  return `${new Date(atMs).toISOString()}  ${reader} ${did} ${modelId} ${version}`;
}

/** Figures of both cards beside each other, group by group. */
function figuresText(before: ModelCard | null, after: ModelCard): string {
  const names = new Set(
    [before, after].flatMap((card) =>
      Object.entries(card?.metrics ?? {}).flatMap(([group, figures]) =>
        Object.keys(figures).map((name) => `${group}.${name}`),
      ),
    ),
  );
  const figure = (card: ModelCard | null, name: string): string => {
    const at = name.lastIndexOf('.');
    const value = card?.metrics[name.slice(0, at)]?.[name.slice(at + 1)];
    if (value === undefined) return '-';
    if (typeof value !== 'object') return String(value);
    return `${value.value} (${value.low} to ${value.high})`;
  };
  const rows = [...names].map((name) => [name, figure(before, name), figure(after, name)]);
  return table([
    ['figure', before ? `${before.version}, in use` : 'none in use', after.version],
    ...rows,
  ]);
}
