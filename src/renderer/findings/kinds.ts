export { FINDING_KINDS, wayToSettle } from '../../shared/domain/finding-kinds';
export * from '../../shared/domain/finding-words';
