export * from './analysis';
export * from './apply-beat-edits';
export * from './beat-classes';
export * from './model-card';
export * from './recording';
export * from './result';
export * from './review';
