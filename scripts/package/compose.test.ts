import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../build-if-needed.mjs';

interface Service {
  image?: string;
  user?: string;
  command?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  restart?: string;
  healthcheck?: { test: string[] };
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: (string | { bind?: { create_host_path?: boolean } })[];
}

const text = readFileSync(join(ROOT, 'compose.yaml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

describe('compose.yaml', () => {
  it.each(Object.entries(services))('gives %s no rights, and no disk but its own', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.read_only).toBe(true);
    const own = service.image === 'fiducial' ? /^USER node$/m.exec(dockerfile)?.[0] : service.user;
    expect(own).toBeTruthy();
    expect(own).not.toMatch(/^(root|0)/);
  });

  it('watches over everything that stays', () => {
    for (const [name, { healthcheck, restart }] of Object.entries(services)) {
      if (restart !== 'no') expect(healthcheck?.test, name).toBeTruthy();
    }
  });

  it('has secrets from the environment alone, and none in a command', () => {
    const secrets = Object.values(services).flatMap(({ environment }) =>
      Object.entries(environment ?? {}).filter(([name]) => /PASSWORD|TOKEN|AUTH/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(3);
    for (const [name, value] of secrets) expect(value, name).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
    const commands = Object.values(services).flatMap(({ command }) => command ?? []);
    expect(commands.join(' ')).not.toMatch(/\$\{|--token|--requirepass/);
  });

  it('has no folder made for it by Docker, which would be root’s', () => {
    const places = Object.values(services).flatMap(({ volumes }) => volumes ?? []);
    for (const place of places) {
      if (typeof place === 'string') expect(place).toMatch(/:ro$|^\w+:/);
      else expect(place.bind?.create_host_path).toBe(false);
    }
  });

  it('has volumes where the image made a folder that its user may write to', () => {
    const made = /^RUN install -d -o node .+ (\/data .+)$/m.exec(dockerfile)![1]!.split(' ');
    for (const [name, { image, volumes }] of Object.entries(services)) {
      if (image !== 'fiducial') continue;
      const own = (volumes ?? []).filter((place) => typeof place === 'string');
      const named = own.filter((place) => /^\w+:/.test(place)).map((place) => place.split(':')[1]);
      for (const place of named) expect(made, name).toContain(place);
    }
    expect(services['api']!.environment!['FIDUCIAL_JOBS']).toBe('/jobs');
  });

  it('is reached from this machine alone', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8080:8080']);
  });
});

describe('the Dockerfile', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
    names!.split(' '),
  );

  it('copies what there is, and what .dockerignore lets through', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8');
    expect(copied).toContain('bin');
    for (const name of copied) {
      if (!name.includes('*')) expect(existsSync(join(ROOT, name)), name).toBe(true);
      expect(ignored).toContain(`!${name}\n`);
    }
  });
});
