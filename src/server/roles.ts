import type { FastifyRequest } from 'fastify';
import { equal } from './equal';

/** Tokens for programs that may ask for a part of what the server does; whoever has the server's own may ask for all. */
export interface RoleTokens {
  /** Predictions, their jobs, models and documentation; nothing of the viewer. */
  readonly predict?: string;
  /** `GET /metrics` alone. */
  readonly metrics?: string;
}
export type Role = keyof RoleTokens;

const EVERYBODY = ['/healthz'];
/** Routes of each role, without their parameters. */
const ROUTES: Readonly<Record<Role, readonly string[]>> = {
  predict: [...EVERYBODY, '/predict', '/jobs', '/models', '/docs', '/openapi.json'],
  metrics: [...EVERYBODY, '/metrics'],
};

/** The role that a token gives; null for any other word. */
export function roleOf(given: string, { predict, metrics }: RoleTokens): Role | null {
  if (predict !== undefined && equal(given, predict)) return 'predict';
  return metrics !== undefined && equal(given, metrics) ? 'metrics' : null;
}

/** Whether a role may ask this. */
export function roleMay(role: Role, request: FastifyRequest): boolean {
  const path = request.url.split('?')[0]!;
  return ROUTES[role].some((route) => path === route || path.startsWith(`${route}/`));
}
