/** Why a network runs where it does, and not elsewhere. */
export const devices = {
  lost: 'It failed in the middle of a run ({why}), and the CPU took over.',
  agreesAsked:
    'Agrees with the CPU (largest difference in probability {difference}); FIDUCIAL_DEVICE asks for it.',
  agreesFaster:
    'Agrees with the CPU (largest difference in probability {difference}) and is faster: {rate} against {cpuRate} segments per second.',
  agreesOther:
    'Agrees with the CPU (largest difference in probability {difference}), but FIDUCIAL_DEVICE asks for {wanted}.',
  agreesBeaten:
    'Agrees with the CPU (largest difference in probability {difference}), but {used} is faster.',
  agreesSlower:
    'Agrees with the CPU (largest difference in probability {difference}), but is slower: {rate} against {cpuRate} segments per second.',
  differs: 'Differs from the CPU by {difference} in probability; more than {most} is not accepted.',
  notANumber: 'Answered with something that is no number (NaN).',
  failed: 'Is there, but failed on the trial.',
  crashed: 'Ended the process in which it was tried.',
  late: 'Did not answer the trial in time.',
  untried: 'Not tried yet.',
  noReference: 'Could not be tried: there is nothing to compare it with.',
  cpuUntried: 'Nothing else has been tried yet; "fiducial devices" tries what there is.',
  cpuOtherAsked: 'FIDUCIAL_DEVICE asks for {wanted}, which cannot be used.',
  cpuNotTimed: 'Always there. It could not be timed on the trial.',
  cpuAlone: 'Nothing else can be started here.',
  cpuAsked: 'FIDUCIAL_DEVICE asks for it.',
  cpuBest: 'Nothing else that was tried is better.',
  cpuAgreed: '{used} agrees with it and is used.',
  noDriver:
    'No graphics driver was found that WebGPU can use. On Linux it needs a Vulkan driver and libvulkan.so.1.',
  noLibraries:
    'The libraries of {name} for ONNX Runtime are not installed; docs/gpu.md says how to get them.',
  notStarted: 'ONNX Runtime could not start it on this machine.',
  unknown: 'unknown',
} as const;
