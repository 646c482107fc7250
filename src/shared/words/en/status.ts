export const status = {
  noSignal: 'no signal',
  noAnnotations: 'no annotations with this record',
  orderHint:
    'Order and figures come from the program until an event is decided, from the reader after that',
  atCursor: 'at cursor',
  open: 'open',
  nextUrgent: 'next urgent',
  find: 'find',
  clockTimes: 'Times are clock times',
  fromStart: 'Times are from the start',
  keys: 'keys',
} as const;
