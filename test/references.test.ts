/** What a run breaks in files that it leaves alone is found, and nothing else is. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brokenReferences, type Texts } from '../generators/living/references/broken.ts';
import { tokens } from '../generators/living/references/python/tokens.ts';
import type { Answers, ServiceAnswer } from '../generators/questions/answers.ts';
import { renderedFiles } from '../generators/render/project-files.ts';
import { withDefaults } from './projects.ts';
import { LivingTestProject, sources } from './tools/living.ts';

type Files = Readonly<Record<string, string>>;

function said(before: Files, after: Files): readonly string[] {
  return brokenReferences(new Map(Object.entries(before)), new Map(Object.entries(after)));
}

describe('Compose files', () => {
  const base = (report: string, rest: string): Files => ({ 'compose.yaml': `services:\n  cache: {image: x}\n  report:\n    image: x\n${report}\n${rest}` });

  /** What a service says, what defines it, and the sentence. */
  const references: readonly (readonly [name: string, service: string, defined: string, sentence: string])[] = [
    ['networks as a list', '    networks: [web-cache]', 'networks: {web-cache: {}}', 'uses the network web-cache'],
    ['networks as a map', '    networks:\n      web-cache:\n        aliases: [c]', 'networks:\n  web-cache:', 'uses the network web-cache'],
    ['a network whose name YAML takes for something else', '    networks: [on]', 'networks: {on: {}}', 'uses the network on'],
    ['secrets, short', '    secrets: [pw]', 'secrets: {pw: {file: x}}', 'uses the secret pw'],
    ['secrets, long', '    secrets:\n      - source: pw\n        target: other', 'secrets: {pw: {file: x}}', 'uses the secret pw'],
    ['configs, short', '    configs: [c]', 'configs: {c: {file: x}}', 'uses the config c'],
    ['configs, long', '    configs: [{source: c}]', 'configs: {c: {file: x}}', 'uses the config c'],
    ['volumes, short', '    volumes: ["data:/var/lib:ro"]', 'volumes: {data: {}}', 'uses the volume data'],
    ['volumes, long', '    volumes: [{type: volume, source: data, target: /x}]', 'volumes: {data: }', 'uses the volume data'],
    ['depends_on as a list', '    depends_on: [gone]', 'SERVICE', 'depends on the service gone'],
    ['depends_on as a map', '    depends_on: {gone: {condition: service_started}}', 'SERVICE', 'depends on the service gone'],
    ['links', '    links: ["gone:alias"]', 'SERVICE', 'links to the service gone'],
    ['extends, short', '    extends: gone', 'SERVICE', 'extends the service gone'],
    ['extends, long', '    extends: {service: gone}', 'SERVICE', 'extends the service gone'],
    ['network_mode', '    network_mode: "service:gone"', 'SERVICE', 'shares a namespace with the service gone'],
    ['pid', '    pid: "service:gone"', 'SERVICE', 'shares a namespace with the service gone'],
    ['volumes_from', '    volumes_from: ["gone:ro"]', 'SERVICE', 'mounts the volumes of the service gone'],
    ['secrets of a build', '    build: {context: ., secrets: [pw]}', 'secrets: {pw: {file: x}}', 'is built with the secret pw'],
    ['contexts of a build', '    build: {context: ., additional_contexts: ["b=service:gone"]}', 'SERVICE', 'is built from the service gone'],
    ['a reference behind an alias', '    networks: *n', 'x-n: 1\nnetworks: {web-cache: {}}', 'uses the network web-cache'],
  ];
  it.each(references)('%s', (name, service, defined, sentence) => {
    const [used, more] = name.endsWith('alias') ? ['    networks: &n [web-cache]\n  other:\n    image: y\n    networks: *n', 'other'] : [service, null];
    const before = defined === 'SERVICE' ? base(used, '  gone: {image: z}') : base(used, defined);
    const expected = [`compose.yaml: services.report ${sentence}, which is gone`, ...(more === null ? [] : [`compose.yaml: services.${more} ${sentence}, which is gone`])];
    expect(said(before, base(used, ''))).toEqual(expected);
    expect(said(before, before)).toEqual([]);
    // what was broken before is nothing new
    expect(said(base(used, ''), base(`${used}\n    init: true`, ''))).toEqual([]);
    // and what the run itself brings to nothing is
    expect(said(base('', ''), base(used, ''))).toEqual(expected.map((line) => line.replace('is gone', 'is not there')));
  });

  it.each([
    ['a path of the project', '    volumes: ["./data:/x", "../data:/x", "~/data:/x", "/data:/x", "/data"]'],
    ['a path in a variable', '    volumes: ["${DATA}:/x"]\n    networks: ["${NETWORK:-x}"]'],
    ['a mount that is no volume', '    volumes: [{type: bind, source: data, target: /x}, {type: tmpfs, target: /y}]'],
    ['the network that is always there', '    networks: [default]'],
    ['a container of another project', '    network_mode: "container:gone"\n    volumes_from: ["container:gone"]'],
    ['a service of another file', '    extends: {file: other.yaml, service: gone}'],
    ['a service that need not be there', '    depends_on: {gone: {condition: service_started, required: false}}'],
  ])('says nothing of %s', (_name, service) => {
    expect(said(base('', ''), base(service, ''))).toEqual([]);
  });

  const both = (override: string, rest = 'networks: {n: {}}'): Files => ({ ...base('    networks: [n]', rest), 'compose.override.yaml': override });
  it('knows which files are used together', () => {
    const override = 'networks: {m: {}}\nservices: {report: {networks: [m, n]}}';
    expect(said(both(override), both(override, ''))).toEqual(['compose.yaml: services.report uses the network n, which is gone', 'compose.override.yaml: services.report uses the network n, which is gone']);
    // defined by the other file of the set alone
    expect(said(both('networks: {n: {}}', ''), both('', ''))).toEqual(['compose.yaml: services.report uses the network n, which is gone']);
    expect(said({ ...both('networks: {n: {}}', ''), 'compose.test.yaml': '' }, { ...both('', ''), 'compose.test.yaml': 'networks: {n: {}}' })).toEqual(['compose.yaml: services.report uses the network n, which is gone']);
  });
  it('has the user\'s own files on top of those of the project', () => {
    const own = 'services: {mine: {image: x, depends_on: [mail]}}';
    const before = { ...both('services: {mail: {image: y}}'), 'compose.mine.yaml': own };
    expect(said(before, { ...both(''), 'compose.mine.yaml': own })).toEqual(['compose.mine.yaml: services.mine depends on the service mail, which is gone']);
  });
  it.each([
    ['!override of a list', 'services: {report: {networks: !override [m]}}\nnetworks: {m: {}}', true],
    ['!reset of an attribute', 'services: {report: {networks: !reset null}}', true],
    ['!reset of a list', 'services: {report: {networks: !reset []}}', true],
    ['!reset of an entry', 'services: {report: {networks: {n: !reset null}}}', true],
    ['!reset of a service', 'services: {report: !reset null}', true],
    ['no tag', 'services: {report: {networks: [m]}}\nnetworks: {m: {}}', false],
  ])('%s', (_name, override, takesAway) => {
    // n is in the set of the override alone, where the tag may take its use away
    const before = both(`${override}\n`, '');
    const more = override.includes('\nnetworks: {') ? override.replace('\nnetworks: {', '\nnetworks: {n: {}, ') : `${override}\nnetworks: {n: {}}`;
    expect(said(both(more, ''), before)).toEqual(takesAway ? [] : ['compose.yaml: services.report uses the network n, which is gone']);
  });
  it('!reset of a definition', () => {
    expect(said(both(''), both('networks: {n: !reset null}'))).toEqual(['compose.yaml: services.report uses the network n, which is gone']);
    expect(said(both(''), both('networks: !override {m: {}}'))).toEqual(['compose.yaml: services.report uses the network n, which is gone']);
  });
  it('a service of which only an addition is left', () => {
    const [whole, rest] = ['services: {a: {image: x}, cache: {image: y}}', 'services: {a: {image: x}}'];
    const override = 'services: {cache: {ports: ["6379"]}}';
    expect(said({ 'compose.yaml': whole, 'compose.override.yaml': override }, { 'compose.yaml': rest, 'compose.override.yaml': override })).toEqual([
      'compose.override.yaml: services.cache adds to the service cache, which is gone',
    ]);
  });
  it('an anchor that is gone', () => {
    const text = (anchor: string): Files => ({ 'compose.yaml': `services:\n  bill: {image: x, environment: ${anchor} {A: b}}\n  export:\n    image: x\n    environment: *bill-environment\nx-more: [*bill-environment]` });
    expect(said(text('&bill-environment'), text(''))).toEqual([
      'compose.yaml: services.export refers to the anchor bill-environment, which is gone',
      'compose.yaml: x-more refers to the anchor bill-environment, which is gone',
    ]);
    expect(said(text(''), { 'compose.yaml': `${text('')['compose.yaml'] ?? ''}\nx-a: 1` })).toEqual([]);
  });
  it('merge keys, and names behind them', () => {
    const text = (rest: string): Files => ({ 'compose.yaml': `x-base: &base {image: x, networks: [n]}\nservices:\n  a:\n    <<: *base\n  b:\n    <<: [*base]\n    networks: [m]\nnetworks: {m: {}${rest}}` });
    expect(said(text(', n: {}'), text(''))).toEqual(['compose.yaml: services.a uses the network n, which is gone']);
  });
  it('a file that can no longer be read, one that never could, and one with a conflict', () => {
    const good = base('', '');
    expect(said(good, { 'compose.yaml': 'services: [' })).toEqual([expect.stringMatching(/^compose\.yaml can no longer be read: \S/)]);
    expect(said({ 'compose.yaml': 'services: [' }, base('    networks: [n]', ''))).toEqual([]);
    expect(said({ 'compose.yaml': 'services: [' }, { 'compose.yaml': 'services: [a' })).toEqual([]);
    expect(said(good, { 'compose.yaml': '<<<<<<< yours\n  a: [\n' })).toEqual([]);
  });
  it('an alias inside of its own anchor', () => {
    expect(said({}, { 'compose.yaml': 'services: &s\n  a: {image: x, depends_on: *s}' })).toEqual([]);
  });
});

/** Files of the service web, by their paths in it. */
function web(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`services/web/${path}`, text]));
}

describe('Python', () => {
  const before: Files = {
    'web/__init__.py': '',
    'web/mail.py': 'def send(): ...\n',
    'web/cache.py': 'client = 1\n',
    'web/stats.py': 'import json\nfrom typing import Any as Anything\nasync def stats(): ...\nclass Stats:\n    inner = 1\ndef forget_stats():\n    local = 1\n(a, b) = c, *d = 1, 2\nplain: int\nif True:\n    nested = 1\ntry:\n    tried = 1\nexcept ValueError as failure:\n    pass\nfor looped in ():\n    pass\nwith x as opened:\n    pass\nif (walrus := 1): pass\none = 1; two = 2\n__all__ = ["exported"]\n',
    'web/deep/models.py': 'Item = 1\n',
  };
  const { 'web/mail.py': _mail, ...withoutMail } = before;
  const left: Files = { ...withoutMail, 'web/stats.py': 'numbers = 1\n' };
  const user = (path: string, text: string, after: Files = left): readonly string[] => said(web({ ...before, [path]: text }), web({ ...after, [path]: text })).map((line) => line.replace('services/web/', ''));

  it.each([
    ['import', 'import web.mail'],
    ['import with others', 'import os, web.mail as m, sys'],
    ['from a module', 'from web.mail import send'],
    ['all of a module', 'from web.mail import *'],
    ['from a package', 'from web import cache, mail'],
    ['with another name', 'from web import mail as post'],
    ['in brackets', 'from web import (\n    cache,  # (\n    mail,\n)'],
    ['relative', 'from . import mail'],
    ['from a relative module', 'from .mail import send'],
    ['in a function', 'def f():\n    from web.mail import send\n    return send'],
    ['in a body behind a colon', 'if TYPE_CHECKING: import web.mail'],
    ['for types alone', 'if TYPE_CHECKING:\n    from web.mail import send'],
    ['behind a semicolon', 'x = 1; import web.mail'],
    ['over two lines', 'from web \\\n    import mail'],
    ['in a try for something else', 'try:\n    import web.mail\nexcept ValueError:\n    pass'],
    ['behind a colon that is no first one', 'if x or lambda: 1: import web.mail'],
    ['over two lines of Windows', 'x = "a\\\r\nb"\r\nfrom web \\\r\n    import mail\r\n'],
    ['with the ends of lines of Windows', 'import os\r\nfrom web.mail import (\r\n    send,\r\n)\r\n'],
    ['after a string with quotes in it', 'x = "\\"", \'"\', """ " \'\'\' """, rb"\\"", f"{x["a"]!r:>{w}} {{", f\'\'\'{"}"}\'\'\'\nimport web.mail'],
  ])('an import of a module that is gone: %s', (_name, text) => {
    expect(user('web/tasks.py', text)).toEqual(['web/tasks.py imports web.mail, which is gone']);
  });
  it('from deeper, and from other packages of the service', () => {
    expect(user('web/deep/x.py', 'from .. import mail')).toEqual(['web/deep/x.py imports web.mail, which is gone']);
    expect(user('web/deep/__init__.py', 'from ..mail import send')).toEqual(['web/deep/__init__.py imports web.mail, which is gone']);
    expect(user('tests/x.py', 'from web.mail import send')).toEqual(['tests/x.py imports web.mail, which is gone']);
    expect(user('manage.py', 'import web.mail')).toEqual(['manage.py imports web.mail, which is gone']);
  });

  it.each(['json', 'Anything', 'stats', 'Stats', 'forget_stats', 'a', 'b', 'c', 'd', 'plain', 'nested', 'tried', 'failure', 'looped', 'opened', 'walrus', 'one', 'two', 'exported'])('a name that a module no longer has: %s', (name) => {
    expect(user('web/tasks.py', `from web.stats import ${name}`)).toEqual([`web/tasks.py imports ${name} from web.stats, which no longer has it`]);
    expect(user('web/tasks.py', `from .stats import ${name}`, before)).toEqual([]);
  });
  it.each(['inner', 'local', 'never'])('a name that a module never had: %s', (name) => {
    expect(user('web/tasks.py', `from web.stats import ${name}`)).toEqual([]);
    const changed = { 'web/tasks.py': `from web.stats import ${name}` };
    expect(said(web(before), web({ ...before, ...changed }))).toEqual([`services/web/web/tasks.py imports ${name} from web.stats, which does not have it`]);
  });

  it.each([
    ['ready for its failure', 'try:\n    from web import mail\nexcept ImportError:\n    mail = None'],
    ['ready for any failure', 'try:\n    import web.mail\nexcept (OSError, Exception):\n    pass'],
    ['ready for everything', 'try:\n    import web.mail\nexcept:\n    pass'],
    ['suppressing its failure', 'with suppress(ImportError):\n    import web.mail'],
    ['a comment', '# import web.mail'],
    ['a text', '"""\nimport web.mail\n"""\nx = "from web.mail import send"'],
    ['a package of the same name elsewhere', 'import mail\nfrom other.web import mail as m'],
    ['a relative import that leads out of the service', 'from ... import mail\nfrom .... import mail'],
    ['no Python', 'import web.mail\nx = ('],
    ['conflict markers', '<<<<<<< yours\nimport web.mail\n======='],
    ['the name of a log', 'import logging\nlog = logging.getLogger("web.mail")'],
  ])('says nothing of %s', (_name, text) => {
    expect(user('web/tasks.py', text)).toEqual([]);
  });

  it('follows import *, and does not guess what others bring', () => {
    const brings = (text: string): Files => ({ ...left, 'web/stats.py': text });
    const text = 'from web.stats import stats';
    expect(user('web/tasks.py', text, { ...brings('from web.cache import *'), 'web/cache.py': 'stats = 1' })).toEqual([]);
    expect(user('web/tasks.py', text, brings('from web.cache import *'))).toHaveLength(1);
    expect(user('web/tasks.py', text, brings('from web.stats import *'))).toHaveLength(1);
    expect(user('web/tasks.py', text, brings('from elsewhere import *'))).toEqual([]);
    expect(user('web/tasks.py', text, brings('def __getattr__(name): ...'))).toEqual([]);
    expect(user('web/tasks.py', text, brings('globals()["stats"] = 1'))).toEqual([]);
    expect(user('web/tasks.py', text, brings('def f():\n    global stats\n    stats = 1'))).toEqual([]);
  });

  it('finds what is lost by its name alone', () => {
    const text = { 'web/__init__.py': '', 'web/tasks.py': 'import web.mail\nfrom web.stats import numbers' };
    const stats = 'web/stats.py';
    expect(said(web({ ...text, 'web/mail.py': '', [stats]: 'numbers = 1' }), web({ ...text, [stats]: 'numbers = 2' }))).toEqual(['services/web/web/tasks.py imports web.mail, which is gone']);
    // which names were there before, nobody knows, but now there is none
    expect(said(web({ ...text, 'web/mail.py': '', [stats]: 'def __getattr__(name): ...' }), web({ ...text, 'web/mail.py': '', [stats]: '' }))).toEqual(['services/web/web/tasks.py imports numbers from web.stats, which no longer has it']);
  });
  it('says once what an import and what is behind it lack', () => {
    expect(user('web/tasks.py', 'import web.mail\nweb.mail.send()\nfrom web import mail\nmail.send()')).toEqual(['web/tasks.py imports web.mail, which is gone']);
  });
  it('takes a name for what its package makes of it', () => {
    const own = { 'web/__init__.py': 'stats = object()' };
    const text = { 'web/tasks.py': 'from web import stats\nstats.forget_stats()' };
    expect(said(web({ ...before, ...own, ...text }), web({ ...left, 'web/mail.py': '', ...own, ...text }))).toEqual([]);
  });
  it('leaves migrations alone that nothing runs any more', () => {
    const texts: Files = { ...before, 'migrations/0001.py': 'import alembic, sqlalchemy\nfrom web.mail import send', 'tests/x.py': 'import alembic' };
    const { 'web/mail.py': _gone, ...rest } = texts;
    expect(said(web({ ...texts, 'requirements.in': 'alembic' }), web({ ...rest, 'requirements.in': '' }))).toEqual(['services/web/tests/x.py imports alembic, but the requirements no longer have alembic']);
    expect(said(web({ ...texts, 'requirements.in': 'alembic' }), web({ ...rest, 'requirements.in': 'alembic' }))).toEqual(['services/web/migrations/0001.py imports web.mail, which is gone']);
  });

  it.each([
    ['a task', 'x = "web.mail.send"', 'names web.mail.send'],
    ['a place of gunicorn', "x = 'web.mail:send'", 'names web.mail:send'],
    ['a factory', 'x = "web.mail:send()"', 'names web.mail:send()'],
    ['a module', 'x = ["web.mail"]', 'names web.mail'],
    ['a name in a module', 'x = {"task": "web.stats.forget_stats"}', 'names web.stats.forget_stats'],
    ['a name of a module', 'from web import stats\nstats.forget_stats.delay()', 'uses web.stats.forget_stats'],
    ['a name of a module with another name', 'import web.stats as s\nx = f"{s.forget_stats()}"', 'uses web.stats.forget_stats'],
    ['a name of a module with its whole name', 'import web.stats\nweb.stats.forget_stats()', 'uses web.stats.forget_stats'],
  ])('a path: %s', (_name, text, sentence) => {
    expect(user('web/tasks.py', text)).toEqual([`web/tasks.py ${sentence}, which is gone`]);
  });
  it.each([
    ['a path that never was', 'x = ["web.never.x", "web.example.com", "web", "other.web.mail"]'],
    ['a text with a path in it', 'x = "see web.mail.send"'],
    ['bytes and f-strings', 'x = b"web.mail.send", f"web.mail.send"'],
    ['a name that may be something else', 'from web import stats\ndef f(stats): return stats.forget_stats'],
    ['what is behind another name', 'from web import stats\nx.stats.forget_stats'],
  ])('says nothing of %s', (_name, text) => {
    expect(user('web/tasks.py', text)).toEqual([]);
  });
  it.each([
    ['deploy/run.sh', 'exec gunicorn --config=x web.mail:send', ['names web.mail:send']],
    ['deploy/run.sh', 'APP=web.mail\n# web.mail\nsh web.mail/x.sh me@web.mail http://web.mail:80 ./web.mail', ['names web.mail']],
    ['pyproject.toml', 'module = ["web.mail", "web.mail.*"] # web.mail.send', ['names web.mail']],
    ['alembic.ini', '; web.mail\nkey = web.stats.stats', ['names web.stats.stats']],
  ])('%s', (path, text, sentences) => {
    expect(user(path, text)).toEqual(sentences.map((sentence) => `${path} ${sentence}, which is gone`));
  });

  const requirements = (was: string, is: string, text: string, more: Files = {}): readonly string[] =>
    said(web({ ...before, ...more, 'requirements.in': was, 'web/tasks.py': text }), web({ ...before, ...more, 'requirements.in': is, 'web/tasks.py': text }));
  it.each([
    ['under its own name', 'pymemcache==4\ndjango', 'django', 'from pymemcache.client import x', 'pymemcache', 'pymemcache'],
    ['normalised', 'Uvicorn_Worker[x]>1', '', 'import uvicorn_worker', 'uvicorn_worker', 'uvicorn-worker'],
    ['under another name', 'mysqlclient==1', 'psycopg', 'import os, MySQLdb', 'MySQLdb', 'mysqlclient'],
    ['brought by another', 'celery==5', '', 'def f():\n    from kombu import x', 'kombu', 'celery'],
  ])('an import of a removed package: %s', (_name, was, is, text, imported, name) => {
    expect(requirements(was, is, text)).toEqual([`services/web/web/tasks.py imports ${imported}, but the requirements no longer have ${name}`]);
  });
  it.each([
    ['still brings it by an extra', 'redis\ncelery', 'celery[redis]', 'import redis'],
    ['has another package of that name', 'psycopg2-binary', 'psycopg2', 'import psycopg2'],
    ['is ready for its failure', 'redis', '', 'try:\n    import redis\nexcept ImportError:\n    redis = None'],
    ['has its own of that name', 'cache', '', 'from .cache import client'],
    ['is itself of that name', 'web', '', 'import web.cache'],
    ['has lost stubs alone', 'django-stubs\ntypes-redis', '', 'import django, redis, types_redis'],
    ['does not import it', 'redis', '', 'x = "import redis"  # import redis'],
    ['has it in another file', 'pytest', '', 'import pytest', { 'requirements-test.in': '-r requirements.in\npytest' }],
    ['has it locked', 'redis', '', 'import redis', { 'requirements.txt': 'redis==1 \\\n    --hash=x' }],
  ] as const)('says nothing where the service %s', (_name, was, is, text, more: Files = {}) => {
    expect(requirements(was, is, text, more)).toEqual([]);
  });

  const merged = (was: string, is: string): readonly string[] => said(web({ ...before, 'web/urls.py': was }), web({ ...before, 'web/urls.py': is })).map((line) => line.replace('services/web/web/urls.py ', ''));
  it.each([
    ['a call', 'pages()'],
    ['an attribute', 'x = pages.list'],
    ['a default', 'def f(x=pages): ...'],
    ['a type', 'def f(x: pages = None, *y: list[pages]) -> None: ...'],
    ['a base', 'class A(B, pages): ...'],
    ['in an f-string', 'x = f"{pages!r}"'],
    ['an argument', 'f(x, pages=pages)'],
    ['a decorator', '@pages\ndef f(): ...'],
  ])('a name whose import is gone: %s', (_name, code) => {
    expect(merged(`from elsewhere import pages, other\n${code}`, `from elsewhere import other\n${code}`)).toEqual(['still uses pages, whose import is gone']);
    expect(merged(`from elsewhere import pages\n${code}`, `from elsewhere2 import pages\n${code}`)).toEqual([]);
  });
  it.each([
    ['a parameter', 'def f(x, *, pages=1): return pages'],
    ['an assignment', 'pages = 1\nprint(pages)'],
    ['a loop', 'print([pages for x, pages in y])'],
    ['a lambda', 'f = lambda pages: pages'],
    ['with', 'with x as (a, pages): pages'],
    ['the name of an argument', 'f(x, pages=1)'],
    ['an attribute of something else', 'x.pages()'],
    ['a string', 'x = "pages", f"pages {x} pages"'],
    ['a comment', 'x = 1  # pages'],
    ['import *', 'from elsewhere import *\npages()'],
  ])('says nothing where it is %s', (_name, code) => {
    expect(merged(`from elsewhere import pages\n${code}`, code)).toEqual([]);
  });
  it('says nothing of a name that Python has by itself, and follows import * of the service', () => {
    expect(merged('from codecs import open\nopen()', 'open()')).toEqual([]);
    expect(merged('from elsewhere import client\nclient()', 'from web.cache import *\nclient()')).toEqual([]);
    expect(merged('from elsewhere import pages\npages()', 'from web.cache import *\npages()')).toEqual(['still uses pages, whose import is gone']);
  });

  it('looks at no service that is no longer built', () => {
    const compose = (text: string): Files => ({ 'compose.yaml': `services: {${text}}` });
    const files = [web({ ...before, 'web/tasks.py': 'import web.mail' }), web({ ...left, 'web/tasks.py': 'import web.mail' })] as const;
    const built = 'web: {build: {context: services/web}}';
    expect(said({ ...compose(built), ...files[0] }, { ...compose(''), ...files[1] })).toEqual([]);
    expect(said({ ...compose(built), ...files[0] }, { ...compose('mine: {build: ./services/web}'), ...files[1] })).toHaveLength(1);
  });
});

describe('projects that nobody has edited', () => {
  const known = new Map<string, Texts>();
  const texts = (answers: Answers): Texts => {
    const key = JSON.stringify(answers);
    const rendered = known.get(key) ?? new Map([...renderedFiles(answers, sources)].map(([path, { text }]) => [path, text]));
    known.set(key, rendered);
    return rendered;
  };
  const service = fc.record({ name: fc.constantFrom('web', 'api', 'shop-cart'), framework: fc.constantFrom('django', 'flask', 'fastapi') }) as fc.Arbitrary<ServiceAnswer>;
  const answers = fc
    .record({
      services: fc.uniqueArray(service, { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
      database: fc.constantFrom('postgres', 'mariadb', 'none'),
      cache: fc.constantFrom('memcached', 'redis', 'valkey', 'none'),
      mail: fc.constantFrom('mailpit', 'none'),
      broker: fc.constantFrom('rabbitmq', 'redis', 'valkey', 'none'),
      beat: fc.boolean(),
      proxy: fc.constantFrom('nginx', 'caddy', 'none'),
      example: fc.boolean(),
    })
    .map((record) => withDefaults({ ...record, beat: record.beat && record.broker !== 'none', example: record.example && record.database !== 'none' } as Partial<Answers>));

  it('have no broken reference, whatever changes', () => {
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        expect(brokenReferences(texts(one), texts(other))).toEqual([]);
        // what a run has left out of the Texts, as locks are, changes nothing
        const few = (of: Texts): Texts => new Map([...of].filter(([path]) => !path.endsWith('.txt')));
        expect(brokenReferences(few(texts(one)), few(texts(other)))).toEqual([]);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 150) },
    );
  });

  it('have a broken one where a user kept what used something', () => {
    const [one, other] = [texts(withDefaults({})), new Map(texts(withDefaults({ example: false })))];
    const path = 'services/web/web/pages.py';
    other.set(path, one.get(path) ?? '');
    expect(brokenReferences(one, other)).toEqual(['services/web/web/pages.py imports web.items, which is gone', 'services/web/web/pages.py imports web.models, which is gone']);
  });

  // what is on the disk is more than what is generated: migrations stay
  it.each(['django', 'flask', 'fastapi'] as const)('have none on the disk, command by command: %s', async (framework) => {
    const project = new LivingTestProject(withDefaults({ services: [{ name: 'web', framework }] }));
    try {
      let before = onDisk(project);
      for (const line of ['set cache=none', 'set cache=redis', 'set example=false', 'set broker=none beat=false', 'service shop --framework flask', 'set mail=none', 'set proxy=none', 'set example=true', 'set broker=redis', 'set database=none example=false', 'set database=mariadb example=true', 'remove web', 'update']) {
        const { code, err } = await project.run([...line.split(' '), '--yes']);
        const after = onDisk(project);
        expect({ line, code, err, said: brokenReferences(before, after) }).toEqual({ line, code: 0, err: '', said: [] });
        before = after;
      }
    } finally {
      project.remove();
    }
  });

  it('have one where a user has written something, and nothing else', async () => {
    const project = new LivingTestProject(withDefaults({}));
    try {
      project.edit('compose.yaml', '\nnetworks:\n', '\n  report:\n    image: busybox\n    environment: *web-environment\n    networks:\n      - web-cache\n    depends_on:\n      - cache\n\nnetworks:\n');
      project.write('services/web/web/export.py', '"""Mine."""\n\nfrom django.core.cache import cache\nfrom pymemcache.client import Client\n\nfrom web.stats import forget_stats\n');
      const before = onDisk(project);
      expect((await project.run(['set', 'cache=none', '--yes'])).code).toBe(0);
      expect(brokenReferences(before, onDisk(project))).toEqual([
        'compose.yaml: services.report uses the network web-cache, which is gone',
        'compose.yaml: services.report depends on the service cache, which is gone',
        'services/web/web/export.py imports forget_stats from web.stats, which no longer has it',
        'services/web/web/export.py imports pymemcache, but the requirements no longer have pymemcache',
      ]);
    } finally {
      project.remove();
    }
  });

  it('are understood, every file of Python', () => {
    for (const framework of ['django', 'flask', 'fastapi'] as const) {
      for (const [path, text] of texts(withDefaults({ services: [{ name: 'web', framework }] }))) if (path.endsWith('.py')) expect({ path, known: tokens(text) !== null }).toEqual({ path, known: true });
    }
  });
});

/** What a run sees of a project. */
function onDisk(project: LivingTestProject): Texts {
  const paths = readdirSync(project.directory, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [relative(project.directory, join(entry.parentPath, entry.name)).split(sep).join('/')] : []));
  return new Map(paths.filter((path) => /^compose[^/]*\.yaml$|^services\/.*(?:\.(?:py|ini|toml|sh)|requirements[^/]*\.in)$/.test(path)).map((path) => [path, project.read(path)]));
}

describe('size', () => {
  it('a thousand services say nothing either', () => {
    const services = Array.from({ length: 1000 }, (_, index): ServiceAnswer => ({ name: `s${index}`, framework: (['django', 'flask', 'fastapi'] as const)[index % 3] ?? 'django' }));
    const large = (changes: Partial<Answers>): Texts => new Map([...renderedFiles(withDefaults({ services, ...changes }), sources)].filter(([path]) => !path.endsWith('.txt')).map(([path, { text }]) => [path, text]));
    const [before, after] = [large({}), large({ cache: 'none' })];
    expect(brokenReferences(before, after)).toEqual([]);
  }, 120_000);

  it('long lines and deep nesting are no trouble', () => {
    const long = `x = [${'f(lambda a: "web.a.b"), '.repeat(20_000)}]\ny = ${'"a.'.repeat(1)}${'a.'.repeat(50_000)}a"\n`;
    expect(said(web({ 'web/__init__.py': '', 'web/gone.py': '', 'web/x.py': long }), web({ 'web/__init__.py': '', 'web/x.py': `${long}\n` }))).toEqual([]);
  });
});
