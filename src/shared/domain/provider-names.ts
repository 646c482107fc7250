/** Execution providers as people call what ONNX Runtime names for itself. */
const NAMES: Record<string, string> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
};

export const providerName = (provider: string): string => NAMES[provider] ?? provider;
