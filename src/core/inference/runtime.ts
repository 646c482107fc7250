import { availableParallelism } from 'node:os';
import type { InferenceSession as OrtSession } from 'onnxruntime-node';
import type { GraphBytes } from './read-graph';
import type { Tensor, Tensors } from './types';

export interface Session {
  run(inputs: Tensors): Promise<Tensors>;
  release(): Promise<void>;
}

/** What we use of ONNX Runtime; replaced by a fake in tests of the choice of provider. */
export interface Runtime {
  /** Execution providers compiled into this platform's build, as it names them; `cpu` is always there. */
  providers(): readonly string[];
  /**
   * @param graph the bytes to run, or for tools the path of a file that nobody else writes
   * @param threads inside an operator; as the runtime was loaded with where absent
   */
  createSession(graph: GraphBytes | string, provider: string, threads?: number): Promise<Session>;
}

/**
 * Threads inside one operator. More than 8 brought nothing to networks of this size. On two cores the other one reads the
 * next beats, and one thread takes a seventh less processor time for the same answers. Graphs that run several batches at a
 * time (`replicas.ts`) get one.
 */
export function intraOpThreads(cores = availableParallelism()): number {
  return cores <= 2 ? 1 : Math.min(8, cores);
}

/**
 * ONNX Runtime for Node. Its `run` holds the event loop and its native code may crash, so it is loaded in the
 * inference process and nowhere else (microsoft/onnxruntime#20084).
 */
export async function loadOnnxRuntime(threads = intraOpThreads()): Promise<Runtime> {
  // Official builds of ONNX Runtime send events to Microsoft (docs/Privacy.md there; on Linux and macOS since
  // microsoft/onnxruntime#27379). Read once, before anything else: nothing is then sent, and no identifier or log
  // is written to disk.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const module = await import('onnxruntime-node');
  const {
    env,
    InferenceSession,
    Tensor: OrtTensor,
    listSupportedBackends,
  } = module.default ?? module;
  // An absent accelerator is an answer (`DeviceReport`), not an error to be printed.
  env.logLevel = 'fatal';
  return {
    providers: () => listSupportedBackends().map((backend) => backend.name),
    async createSession(graph, provider, own) {
      const options: OrtSession.SessionOptions = {
        executionProviders: [provider],
        graphOptimizationLevel: 'all',
        intraOpNumThreads: own ?? threads,
        interOpNumThreads: 1,
        // A plan of the memory of each size of batch is kept beside what was taken without one: a fifth of the process's
        // memory, and no time is gained.
        enableMemPattern: false,
        // Spinning threads would wait for the next operator at the expense of whoever prepares the next batch and
        // of tiles, and after the last batch for nothing. It gains 2 % where nothing else runs.
        //
        // Where attention is sharp, most weights are too small for a normal float (below 1e-38), and a processor
        // multiplies such numbers a hundred times slower: a scan took three times as long. They count as 0.
        //
        // Functions of operators (LayerNormalization is one) are written out before kernels are chosen, of which the CPU
        // has one for each: a fifth of the time to load a graph, for the same graph.
        extra: {
          session: {
            intra_op: { allow_spinning: '0' },
            set_denormal_as_zero: '1',
            disable_aot_function_inlining: '1',
          },
        },
        logSeverityLevel: 3,
      };
      const session =
        typeof graph === 'string'
          ? await InferenceSession.create(graph, options)
          : await InferenceSession.create(graph.graph, {
              ...options,
              externalData: [...graph.weights],
            });
      return {
        async run(inputs) {
          const feeds = Object.fromEntries(
            Object.entries(inputs).map(([name, tensor]) => [
              name,
              // A copy begins at a multiple of 16 bytes; what a message was decoded into may not, and then
              // Eigen sums in another order: the same recording would get another sixth digit now and then.
              new OrtTensor(tensor.type, tensor.data.slice() as Float32Array, tensor.dims),
            ]),
          );
          const outputs = await session.run(feeds);
          const out: Record<string, Tensor> = {};
          for (const [name, value] of Object.entries(outputs)) {
            out[name] = {
              type: value.type as Tensor['type'],
              dims: [...value.dims],
              data: value.data as Tensor['data'],
            };
          }
          return out;
        },
        release: () => session.release(),
      };
    },
  };
}
