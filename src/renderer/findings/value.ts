export * from '../../shared/domain/finding-value';
