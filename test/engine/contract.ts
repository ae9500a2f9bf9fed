/** What every service of a project with the example answers, whatever its framework. */
import { expect } from '@jest/globals';
import type { System } from './system.ts';

const MINUTE = 60_000;

/** @param prefix the path before the service's addresses */
export async function keepsContract(system: System, prefix: string): Promise<void> {
  expect((await system.http('GET', `${prefix}/livez`)).json).toEqual({ status: 'ok' });
  expect((await system.http('GET', `${prefix}/readyz`)).json).toEqual({ status: 'ok', dependencies: { database: 'ok', cache: 'ok', broker: 'ok' } });

  const created = await system.http('POST', `${prefix}/api/items`, { title: 'Buy <milk>' });
  expect(created.status).toBe(201);
  const item = created.json as { id: number; created_at: string };
  expect(created.json).toEqual({ id: expect.any(Number), title: 'Buy <milk>', done: false, created_at: expect.any(String) });
  expect(new Date(item.created_at).getTime()).toBeGreaterThan(Date.now() - MINUTE);
  expect((await system.http('GET', `${prefix}/api/items`)).json).toContainEqual(created.json);
  const address = `${prefix}/api/items/${item.id}`;
  expect(await system.http('PATCH', address, { done: true })).toMatchObject({ status: 200, json: { id: item.id, done: true } });

  const page = await system.http('GET', `${prefix}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
  expect(page.text).toContain('Buy &lt;milk&gt;');
  const style = /href="([^"]+\.css)"/.exec(page.text)?.[1] ?? '';
  expect((await system.http('GET', style)).status).toBe(200);
  expect(/action="([^"]+)"/.exec(page.text)?.[1]).toBe(`${prefix}/items`);

  await system.http('GET', `${prefix}/api/stats`);
  expect((await system.http('GET', `${prefix}/api/stats`)).headers.get('x-cache')).toBe('HIT');
  expect((await system.http('DELETE', address)).status).toBe(204);
  expect((await system.http('GET', `${prefix}/api/stats`)).headers.get('x-cache')).toBe('MISS');

  for (const body of [{}, [], { title: '' }, { title: 'x'.repeat(201) }, { title: 7 }, { title: 'a\0b' }]) {
    expect(await system.http('POST', `${prefix}/api/items`, body)).toMatchObject({ status: 422, json: { error: expect.any(String) } });
  }
  expect(await system.http('PATCH', address, { done: true })).toMatchObject({ status: 404, json: { error: expect.any(String) } });
  expect((await system.http('DELETE', address)).status).toBe(404);
  expect((await system.http('PUT', address)).status).toBe(405);
  expect((await system.http('POST', `${prefix}/api/items`, { title: 'x'.repeat(2_000_000) })).status).toBe(413);
}
