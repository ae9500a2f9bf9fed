/** Services that come and go: the others stay where they are. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { resolveProject } from '../generators/project/resolve.ts';
import { withoutService, withService } from '../generators/project/services.ts';
import type { Answers, ServiceAnswer } from '../generators/questions/answers.ts';
import { servicesProblem } from '../generators/questions/names.ts';
import { renderProject } from '../generators/render/render.ts';
import { loadSources } from '../generators/render/sources.ts';
import { withDefaults } from './projects.ts';

const flask = (name: string, place: Partial<ServiceAnswer> = {}): ServiceAnswer => ({ name, framework: 'flask', ...place });
const web = flask('web');
const shop = flask('shop');
const cart = flask('cart');

describe('services', () => {
  it.each<[string, ServiceAnswer[], (answers: Answers) => Answers, ServiceAnswer[]]>([
    ['one more is told its place by its position', [web], (answers) => withService(answers, shop), [web, shop]],
    ['the first goes', [web, shop, cart], (answers) => withoutService(answers, 'web'), [flask('shop', { port: 8001, path: '/shop' }), flask('cart', { port: 8002 })]],
    ['one in the middle goes', [web, shop, cart], (answers) => withoutService(answers, 'shop'), [web, flask('cart', { port: 8002 })]],
    ['the last goes', [web, shop], (answers) => withoutService(answers, 'shop'), [web]],
    ['one that is not there goes', [web, shop], (answers) => withoutService(answers, 'cart'), [web, shop]],
    ['a new one gets the lowest free port', [web, flask('cart', { port: 8002 })], (answers) => withService(answers, shop), [web, flask('cart', { port: 8002 }), flask('shop', { port: 8001 })]],
    ['a new one does not get /', [flask('shop', { port: 8001, path: '/shop' })], (answers) => withService(answers, web), [flask('shop', { port: 8001, path: '/shop' }), flask('web', { port: 8000 })]],
    ['a new one gets the place that it names', [web], (answers) => withService(answers, flask('shop', { port: 9000, path: '/store' })), [web, flask('shop', { port: 9000, path: '/store' })]],
    ['one that is replaced keeps its place', [flask('web', { port: 9000 }), shop], (answers) => withService(answers, { name: 'web', framework: 'django' }), [{ name: 'web', framework: 'django', port: 9000 }, shop]],
    ['one that is replaced takes the place that it names', [web, shop], (answers) => withService(answers, flask('shop', { path: '/store' })), [web, flask('shop', { path: '/store' })]],
    ['what the position says again is dropped', [web, flask('a'), flask('b', { port: 8003 })], (answers) => withService(withoutService(answers, 'b'), flask('b', { port: 8002, path: '/b' })), [web, flask('a'), flask('b')]],
  ])('%s', (_title, services, change, expected) => {
    expect(change(withDefaults({ services })).services).toEqual(expected);
  });

  it('leave the others where they are, with a proxy and without, whatever comes and goes', () => {
    const change = fc.record({ add: fc.boolean(), name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let answers = withDefaults({ services: [web, shop] });
        for (const { add, name } of [{ add: true, name: 'a' }, { add: false, name: 'web' }, ...changes]) {
          const next = add ? withService(answers, flask(name)) : withoutService(answers, name);
          for (const proxy of ['nginx', 'none'] as const) {
            const [before, after] = [answers, next].map((some) => new Map(resolveProject({ ...some, proxy }).services.map((service) => [service.name, service])));
            for (const [other, service] of after ?? []) if (before?.has(other)) expect(service).toEqual(before.get(other));
            expect(servicesProblem(next.services, proxy !== 'none')).toBeNull();
          }
          answers = next;
        }
      }),
    );
  });
});

describe('places', () => {
  it.each<[ServiceAnswer[], string | null, string | null]>([
    [[web, flask('shop', { port: 8000 })], '"web" and "shop" would both have the port 8000', '"web" and "shop" would both have the port 8000'],
    [[flask('web', { port: 8001 }), shop], 'would both have the port 8001', 'would both have the port 8001'],
    [[web, flask('shop', { path: '/' })], '"web" and "shop" would both be at /: give one of them another path', null],
    [[web, shop, flask('cart', { path: '/shop' })], '"shop" and "cart" would both be at /shop', null],
    [[web, flask('shop', { path: '/api' })], '"shop" would take the path /api/ from the service at /: choose another path, like /api-app', null],
    [[flask('api', { path: '/api' }), flask('shop', { path: '/' })], 'would take the path /api/', null],
    [[flask('shop', { path: '/shop' }), flask('cart', { path: '/api' })], null, null],
    [[flask('web', { path: '/store', port: 8080 }), flask('shop', { path: '/' })], null, null],
  ])('of %j', (services, proxied, alone) => {
    for (const [problem, expected] of [[servicesProblem(services, true), proxied], [servicesProblem(services, false), alone]]) {
      if (expected === null) expect(problem).toBeNull();
      else expect(problem).toContain(expected);
    }
  });

  it('are unused behind a proxy as ports, and without one as paths', () => {
    const services = [flask('web', { port: 9000, path: '/store' })];
    expect(resolveProject(withDefaults({ services })).services).toMatchObject([{ port: null, prefix: '/store' }]);
    expect(resolveProject(withDefaults({ services, proxy: 'none' })).services).toMatchObject([{ port: 9000, prefix: '' }]);
  });
});

describe('with no service at /', () => {
  const sources = loadSources(fileURLToPath(new URL('..', import.meta.url)), '0.1.0');
  const text = (changes: Partial<Answers>, path: string): string => renderProject(resolveProject(withDefaults({ services: [flask('shop', { path: '/shop' })], ...changes })), sources).get(path)?.text ?? '';

  it('nginx answers 404 there', () => {
    expect(text({}, 'services/proxy/default.conf')).toContain('    location / {\n        return 404;\n    }\n');
  });
  it('Caddy answers 404 there', () => {
    expect(text({ proxy: 'caddy' }, 'services/proxy/Caddyfile')).toContain('\thandle {\n\t\trespond 404\n\t}\n');
  });
  it('the addresses that are shown are those of the services', () => {
    expect(text({}, 'run')).toContain('echo "shop runs at http://$address/shop/"');
    expect(text({}, 'README.md')).toContain('| <http://127.0.0.1:8000/shop/> | `shop` |');
    expect(text({}, 'README.md')).toContain('proxy -- "/shop/" --- shop');
  });
  it('a service at / may be any of them', () => {
    const conf = text({ services: [flask('shop', { path: '/shop' }), flask('web', { path: '/' })] }, 'services/proxy/default.conf');
    expect(conf).toContain('location / {\n        set $prefix "";\n        set $upstream http://web:8000;');
    expect(conf).toContain('location /shop/ {');
  });
});
