import type { Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import type { Models } from './models';
import type { Networks } from './networks';
import type { Inference } from '../inference/types';

export const DISCLAIMER =
  'For research and education only. Fiducial is not a medical device and must not be used for diagnosis or treatment.';

type Names = 'app.info' | 'models.list' | 'devices.list';

export function appHandlers(
  {
    version,
    host,
    inference,
  }: {
    readonly version: string;
    readonly host: 'electron' | 'browser' | 'cli';
    readonly inference: Pick<Inference, 'devices'>;
  },
  models: Models,
  networks: Networks,
): Pick<Handlers, Names> {
  return {
    'app.info': async () =>
      ok({ version, host, node: process.versions.node, disclaimer: DISCLAIMER }),

    async 'models.list'() {
      const list = await models.list();
      if (!list.ok) return list;
      return ok({
        models: list.value.map(({ card }) => card),
        defaultModelId: await models.defaultModelId(),
        refused: [...(await models.refused())],
        ...(await networks.known()),
      });
    },

    async 'devices.list'() {
      const list = await models.list();
      if (!list.ok) return list;
      const found = list.value.map(async (model) => ({
        model: model.card.id,
        devices: [...(await inference.devices(model))],
      }));
      return ok({ models: await Promise.all(found) });
    },
  };
}
