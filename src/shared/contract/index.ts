export * from './events';
export * from './host';
export * from './messages';
export * from './methods';
export * from './networks';
export * from './service';
export * from './shapes';
