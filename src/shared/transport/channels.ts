/** Names of the IPC channels between preload and Electron's main process. Nothing else is listened to. */
export const CHANNELS = {
  call: 'fiducial:call',
  cancel: 'fiducial:cancel',
  event: 'fiducial:event',
  pick: 'fiducial:pick',
  dropped: 'fiducial:dropped',
  save: 'fiducial:save',
  drag: 'fiducial:drag',
  ready: 'fiducial:ready',
  /** To the page: the window is about to close. */
  leaving: 'fiducial:leaving',
  /** From the page: what was being written has been handed over. */
  handedOver: 'fiducial:handed-over',
} as const;
