export * from '../shared/domain/clock';
