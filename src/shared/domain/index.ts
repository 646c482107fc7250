export * from './analysis';
export * from './model-card';
export * from './recording';
export * from './result';
export * from './review';
