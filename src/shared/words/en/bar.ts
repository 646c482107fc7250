export const bar = {
  page: 'Page',
  layout: 'Layout of the leads',
  speed: 'Sweep speed',
  gain: 'Gain',
  filter: 'Filter',
  overlay: 'Overlay',
  menu: 'Menu',
  recording: 'Recording',
  inHand: 'In hand',
  overlayOff: 'Off',
  overlayAttention: 'Attention',
  overlayEvidence: 'Evidence',
} as const;
