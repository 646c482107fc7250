import type { Plugin } from 'vite';

export function lighterPackages(): Plugin;
