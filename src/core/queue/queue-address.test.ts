import { describe, expect, it } from 'vitest';
import { addressText, queueAddress } from './queue-address';

describe('queueAddress', () => {
  it('reads host, port and database', () => {
    expect(queueAddress('redis://valkey', {})).toEqual({
      ok: true,
      value: { host: 'valkey', port: 6379, db: 0 },
    });
    expect(queueAddress('redis://[::1]:7000/3', {})).toMatchObject({
      value: { host: '::1', port: 7000, db: 3 },
    });
  });

  it('asks for TLS with the name of the host, and takes the password from the environment', () => {
    const env = { FIDUCIAL_REDIS_USERNAME: 'scan', FIDUCIAL_REDIS_PASSWORD: 'secret' };
    const read = queueAddress('rediss://queue.example', env);
    expect(read).toEqual({
      ok: true,
      value: {
        host: 'queue.example',
        port: 6379,
        db: 0,
        username: 'scan',
        password: 'secret',
        tls: { servername: 'queue.example' },
      },
    });
    expect(read.ok && addressText(read.value)).toBe('rediss://queue.example:6379');
  });

  it.each([
    'valkey',
    'http://valkey',
    'redis://',
    'redis://valkey/scans',
    'redis://valkey?db=1',
    '',
  ])('refuses %j', (text) => {
    expect(queueAddress(text, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it('refuses a password that others could read, and does not repeat it', () => {
    const read = queueAddress('redis://user:secret@valkey', {});
    expect(read).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(JSON.stringify(read)).toContain('FIDUCIAL_REDIS_PASSWORD');
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});
