export interface Package {
  name: string;
  version: string;
  licence: string | null;
  dir: string;
  text: string | null;
}
export const ALLOWED: Set<string>;
export function productionPackages(root?: string): Package[];
export function licenceProblems(packages: Package[]): string[];
export function licenceList(packages: Package[]): string;
