/** Names of the IPC channels between preload and Electron's main process. Nothing else is listened to. */
export const CHANNELS = {
  call: 'fiducial:call',
  cancel: 'fiducial:cancel',
  event: 'fiducial:event',
  pick: 'fiducial:pick',
  dropped: 'fiducial:dropped',
  save: 'fiducial:save',
  ready: 'fiducial:ready',
} as const;
