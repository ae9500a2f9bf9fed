/** Templates of starters, which are somebody else's programs: they print what our own printer prints, and can do nothing else. */
import { describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { UserError } from '../generators/errors/user-error.ts';
import { resolveProject } from '../generators/project/resolve.ts';
import { secretNames } from '../generators/project/secrets.ts';
import type { Answers } from '../generators/questions/answers.ts';
import { diagram } from '../generators/render/diagram.ts';
import { print } from '../generators/render/ejs.ts';
import type { ProjectContext } from '../generators/render/file-map.ts';
import { rootRows } from '../generators/render/root-files.ts';
import { serviceRows } from '../generators/render/service-files.ts';
import { loadSources } from '../generators/render/sources.ts';
import { LIMITS } from '../generators/starter/sandbox/limits.ts';
import { printSandboxed } from '../generators/starter/sandbox/print.ts';
import { sandboxPrinter, type Printer } from '../generators/starter/sandbox/printer.ts';
import { withDefaults } from './projects.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = loadSources(root, '0.1.0');
const NAME = 'templates/service/common/notes.md.ejs';

const inSandbox = (text: string, shared: object = {}, own: object = {}): string => printSandboxed({ name: NAME, text, starter: 'acme 1.4.0' }, shared, own);

/** The same with our own printer. */
const onHost = (text: string, context: object = {}): string =>
  print({ templates: new Map([['x.ejs', text]]) }, 'x', context as ProjectContext);

/** What is wrong with a template, without what all such messages have in common. */
function problem(text: string, printer: Printer = printSandboxed): string {
  const began = performance.now();
  try {
    printer({ name: NAME, text, starter: 'acme 1.4.0' }, {});
  } catch (error) {
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(error).toBeInstanceOf(UserError);
    const { message, code } = error as UserError;
    expect(code).toBe(1);
    const [, what] = /^starter acme 1\.4\.0: templates\/service\/common\/notes\.md\.ejs(:? .*|:\d+: .*); mend the template or leave the starter out$/.exec(message) ?? [];
    return what?.replace(/^:/, '').trim() ?? `not as all messages are: ${message}`;
  }
  return 'nothing is wrong';
}

describe('our own templates', () => {
  const project = (changes: Partial<Answers>): ProjectContext => {
    const resolved = resolveProject(withDefaults(changes));
    const company = { organisation: '', owner: '', contact: '', licence: '', facts: {} };
    return { project: resolved, images: sources.images, secretFiles: secretNames(resolved), diagram: diagram(resolved), uv: sources.uv, secretMounts: [], company, own: {} };
  };
  const services = (['django', 'flask', 'fastapi'] as const).map((framework) => ({ name: `my-${framework}`, framework }));
  const PROJECTS: Record<string, Partial<Answers>> = {
    full: { services },
    other: { services, database: 'mariadb', cache: 'redis', broker: 'valkey', proxy: 'caddy' },
    bare: { services, database: 'none', cache: 'none', broker: 'none', mail: 'none', proxy: 'none', beat: false, example: false },
    quiet: { services, broker: 'redis', cache: 'valkey', mail: 'none', beat: false },
  };
  const printed = new Set<string>();

  it.each(Object.entries(PROJECTS))('print the same in the sandbox: %s', (_, changes) => {
    const context = project(changes);
    const printings = [
      ...rootRows(context.project).map(({ template }) => ({ template, own: {} })),
      ...context.project.services.flatMap((service) => serviceRows(context.project, service).map(({ template }) => ({ template, own: { service } }))),
    ];
    for (const { template, own } of printings) {
      const text = sources.templates.get(`${template}.ejs`) ?? '';
      expect({ template, text: inSandbox(text, context, own) }).toEqual({ template, text: print(sources, template, { ...context, ...own }) });
      printed.add(`${template}.ejs`);
    }
  });

  it('have all been printed', () => {
    // those of `starter init` are for no project
    expect([...sources.templates.keys()].filter((name) => !name.startsWith('starter/') && !printed.has(name))).toEqual([]);
  });
});

describe('what a template prints', () => {
  it.each([
    ['no text', ''],
    ['text alone', 'a\nb'],
    ['no HTML', '<%= "<a href=\'x\'>&" %><%- "<b>" %>'],
    ['text, numbers and truth values', '<%= 1 %><%= true %><%= 1.5e300 %><%= [1, [2]] %><%= {} %><%= 10n %>'],
    ['nothing for what is not there, unescaped', 'a<%- undefined %><%- null %>b'],
    ['trimmed lines', 'a\n<% if (true) { -%>\n b\n<% } -%>\nc'],
    ['slurped lines', 'a\n  <%_ for (const x of [1, 2]) { _%>  \n  <%= x %>\n  <%_ } _%>\nd\n'],
    ['lines that end in CRLF', 'a\r\n<% if (true) { -%>\r\nb\r\n<% } %>\r\n'],
    ['comments', 'a<%# b %>c<%_ // d _%>\n<% /* e */ -%>\nf'],
    ['tags themselves', '<%% a %%> <%%= b %>'],
    ['the backslashes and quotes of its text', 'a\\n"\'`${b}`\\'],
    ['all of Unicode, and less', 'ä€😀\u2028\0\ud800 <%= "\\u{1f600}\\0\\udfff".length %><%= "\\0\\udfff" %>'],
    ['what functions in it give', '<% const twice = (text) => text + text; function* some() { yield 1 } %><%= twice("a") %><%= [...some()] %>'],
    ['what it has itself returned', 'a<% return "b" %>'],
  ])('is what ours print: %s', (_, text) => {
    expect(inSandbox(text)).toBe(onHost(text));
  });

  it('is made of the context: what is one object there, Maps, and what is there but undefined', () => {
    const service = { name: 'web', tags: ['a', 'b'] };
    const context = { project: { services: [{ name: 'api' }, service], root: service }, images: new Map<unknown, unknown>([['nginx', 'nginx:1'], ['own', service], [service, 1]]), nothing: undefined, none: null };
    const text = `<%= service === project.root && project.services.indexOf(service) %> <%= images.get('nginx') %> <%= images instanceof Map && images.size %>
<%= images.get('own') === service && images.get(service) %> <%= nothing === undefined && none === null && again.list === service.tags %> <%= Object.keys(project) %>
<%= JSON.stringify(odd) %> <%= odd.text.length %>`;
    const own = { service, again: { list: service.tags }, odd: JSON.parse('{ "__proto__": 1, "text": "\\u0000\\ud800<\\u2028", "n": -1.5e-7 }') as object };
    expect(inSandbox(text, context, own)).toBe(onHost(text, { ...context, ...own }));
    expect(inSandbox(text, context, own)).toMatch(/^1 nginx:1 3\n1 true services,root\n/);
  });

  it('sees a circle in the context as one', () => {
    const circle: Record<string, unknown> = { name: 'a' };
    circle['self'] = circle;
    expect(inSandbox('<%= circle.self.self === circle && circle.self.name %>', { circle })).toBe('a');
  });

  it('is as much as a megabyte', () => {
    expect(inSandbox('<%= "x".repeat(2 ** 20) %>')).toHaveLength(2 ** 20);
  });

  it('comes from the context that it is printed with', () => {
    const [one, other] = [{ name: 'one' }, { name: 'other' }];
    const contexts = [one, other, one, { name: 'third' }, other];
    expect(contexts.map((context) => inSandbox('<%= name %>', context))).toEqual(['one', 'other', 'one', 'third', 'other']);
  });

  it('is not for functions in the context, which is a mistake of ours', () => {
    expect(() => inSandbox('a', { helper: () => 'x' })).toThrow('templates of starters see data alone, and helper is a function');
  });
});

describe('a template that is wrong', () => {
  it.each([
    ['an unknown name', 'a\n\n<%= foo %>', "3: 'foo' is not defined"],
    ['something of nothing', 'a\n<% const x = null -%>\n\nb <%= x.y %>', "4: cannot read property 'y' of null"],
    ['printing undefined', '<%= undefined %>', '1: a template printed a value that is not there'],
    ['printing null', '\n<%= null %>', '2: a template printed a value that is not there'],
    ['a tag with no end', 'a\nb\n<% if (', '3: Could not find matching close tag for "<%"'],
    ['a mistake in its JavaScript', 'a\n\nb <% if (x { %>\nc\n<% } %>', "3: expecting ')'"],
    ['a bracket too many', 'a\n<% } %>\nb', "3: expecting ')'"],
    ['a way out of its function', '<% }})(); globalThis.x = 1; (function () {{ %>', "1: cannot convert to object"],
    ['await', '\n<% await 1 %>', "2: expecting ';'"],
    ['an import', '\n<% import fs from "node:fs" %>', "2: expecting '('"],
    ['including another file', 'a\n<%- include("/etc/passwd") %>', '2: include() is not for templates of starters: each prints alone'],
    ['including it as old EJS did', '<% include secret %>', "1: expecting ';'"],
    ['an error of its own', '<% throw new Error("no region.") %>', '1: no region'],
    ['an error with no message', '<% throw new RangeError() %>', '1: RangeError'],
    ['text that is thrown', '<% throw "some text" %>', '1: some text'],
    ['nothing that is thrown', '<% throw undefined %>', '1: undefined'],
    ['an error that throws', '<% throw { get message() { throw 1 } } %>', '1: it threw something that has no text'],
    ['an error without text', '<% throw Object.create(null) %>', '1: it threw something that has no text'],
    ['a message that is no text', '<% throw { message: { toString: () => ({}) } } %>', '1: it threw something that has no text'],
    ['a result that is no text', '<% return { toString: () => "x" } %>', '1: it returned something that is not text'],
    ['a line that is not in it', '<% __line = 1e9; throw "x" %>', 'x'],
    ['a line between two', 'a\nb<% __line = 1.5; throw "x" %>', 'x'],
    ['a line that is none', '<% __line = { valueOf() { for (;;); } }; throw "x" %>', 'x'],
    ['lines, colours and directions', '<% throw "a\\n\\tb\\u001b[31m\\u202e\\0" %>', '1: a b\\x1b[31m\\u202e\\x00'],
    ['many words', '<% throw "wor ds".repeat(1e5) %>', `1: ${'wor ds'.repeat(40).slice(0, 199)}…`],
    ['many controls', '<% throw "\\u001b".repeat(1e5) %>', `1: ${'\\x1b'.repeat(50).slice(0, 199)}…`],
    ['no words', '<% throw " " %>', '1: it has failed without a word'],
  ])('is told of in one line: %s', (_, text, message) => {
    expect(problem(text)).toBe(message);
  });
});

const STEPS = 'does not end (more than 10 million steps)';
const MEMORY = 'needs more than 64 MB';
const OUTPUT = 'prints more than 1 MB';
const DEEP = 'stack overflow';

describe('a template that takes too much', () => {
  it.each([
    ['an endless loop', '\n<% for (;;) {} %>', `2: ${STEPS}`],
    ['one that catches', '\n<% for (;;) try { for (;;); } catch {} finally { for (;;); } %>', `2: ${STEPS}`],
    ['one in what is printed', '<%= { toString() { for (;;); } } %>', `1: ${STEPS}`],
    ['one in an error', '<% throw { get message() { for (;;); } } %>', `1: ${STEPS}`],
    ['one in a getter', '<% ({ get a() { for (;;); } }).a %>', `1: ${STEPS}`],
    ['one in a generator', '<% function* f() { for (;;) yield 1 } for (const x of f()); %>', `1: ${STEPS}`],
    ['one in an async function', '<% (async () => { for (;;); })() %>', '1: not a function'],
    ['one in a sort', '<% [2, 1].sort(() => { for (;;); }) %>', `1: ${STEPS}`],
    ['one in JSON', '<% JSON.stringify({ toJSON() { for (;;); } }) %>', `1: ${STEPS}`],
    ['one in eval', '\n\n<% eval("for (;;);") %>', `3: ${STEPS}`],
    ['one in Function()', '<% Function("for (;;);")() %>', `1: ${STEPS}`],
    ['one in a class', '<% class A { static { for (;;); } } %>', `1: ${STEPS}`],
    ['one that goes on by itself', '<% const f = (n) => n === 0 ? 1 : f(n - 1) + f(n - 1); f(40) %>', `1: ${STEPS}`],
    ['one in the place of our own', '<% JSON.stringify = Function.prototype.call = Array.prototype.concat = () => { for (;;); } %><% for (;;); %>', `1: ${STEPS}`],
    ['a regular expression that tries all', '<% /^(a+)+$/.test("a".repeat(40) + "b") %>', `1: ${STEPS}`],
    ['another one', '<% /(x+x+)+y/.exec("x".repeat(60)) %>', `1: ${STEPS}`],
    ['text that grows', '<% let a = []; for (;;) a.push("x".repeat(1e5)) %>', `1: ${MEMORY}`],
    ['objects that grow', '\n<% let a = []; for (;;) a.push({}) %>', `2: ${MEMORY}`],
    ['objects that are kept', '\n<% globalThis.a = []; for (;;) a.push({}) %>', `2: ${MEMORY}`],
    ['a list that is doubled', '<% let a = [1]; for (;;) a = a.concat(a) %>', `1: ${MEMORY}`],
    ['a list as long as can be', '<% Array(1e9).fill(0) %>', `1: ${MEMORY}`],
    ['a Map that grows', '<% const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]) %>', `1: ${MEMORY}`],
    ['text that is repeated', '<% "a".repeat(2 ** 29) %>', `1: ${MEMORY}`],
    ['text that is too long', '<% "a".repeat(2 ** 30) %>', '1: invalid string length'],
    ['text that is doubled', '<% let a = "x"; for (;;) a += a %>', '1: string too long'],
    ['text that is padded', '<% "a".padEnd(2 ** 29) %>', `1: ${MEMORY}`],
    ['a list that is joined', '<% Array(2 ** 20).join("x".repeat(2 ** 10)) %>', `1: ${MEMORY}`],
    ['text that is replaced', '<% "a".repeat(1e6).replaceAll("a", "b".repeat(1e3)) %>', `1: ${MEMORY}`],
    ['a large sort', '<% let a = [3, 1, 2]; for (let i = 0; i < 24; i++) a = a.concat(a); a.sort() %>', `1: ${MEMORY}`],
    ['a large number', '<% 3n ** 100000000n %>', '1: BigInt is too large to allocate'],
    ['text that is printed', '<% for (;;) { %>some more text<% } %>', `1: ${OUTPUT}`],
    ['text that is printed at once', '\n<%= "x".repeat(2 ** 20) %>', `2: ${OUTPUT}`],
    ['text that is returned', '<% return "x".repeat(2 ** 20 + 1) %>', `1: ${OUTPUT}`],
    ['text that is much in UTF-8', '<%= "€".repeat(2 ** 19) %>', OUTPUT],
    ['text that is printed where it is caught', '<% try { __append("x".repeat(2 ** 20 + 1)) } catch {} %>', `1: ${OUTPUT}`],
    ['a template that is as much', 'x'.repeat(2 ** 20 + 1), 'is larger than 1 MB'],
    ['calls', '\n<% (function f() { f() })() %>', `2: ${DEEP}`],
    ['getters', '<% const o = { get a() { return this.a } }; o.a %>', `1: ${DEEP}`],
    ['text of text', '<%= { toString() { return String(this) } } %>', `1: ${DEEP}`],
    ['generators', '<% function* f() { yield* f() } [...f()] %>', `1: ${DEEP}`],
    ['constructors', '<% class A { constructor() { return new A() } } new A() %>', `1: ${DEEP}`],
    ['sorts', '<% [1, 2].sort(function f() { return [1, 2].sort(f) }) %>', `1: ${DEEP}`],
    ['nested JSON', '<% JSON.parse("[".repeat(1e6)) %>', `1: ${DEEP}`],
    ['nested lists', '<% let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a) %>', `1: ${DEEP}`],
    ['nested lists as JSON', '<% let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a) %>', `1: ${DEEP}`],
    ['nested brackets', `\n<% ${'('.repeat(1e5)} %>`, `2: ${DEEP}`],
    ['nested brackets in eval', '\n<% eval("(".repeat(1e5)) %>', `2: ${DEEP}`],
    ['nested regular expressions', '<% RegExp("(?:".repeat(1e5)) %>', `1: ${DEEP}`],
    ['nested templates', `<% ${'`${'.repeat(3e4)} %>`, `1: ${DEEP}`],
  ])('ends in one line: %s', (_, text, message) => {
    expect(problem(text)).toBe(message);
  });

  const impatient = sandboxPrinter({ ...LIMITS, seconds: 1 });
  it.each([
    ['a list that is not there', '<% Array(1e9).join("") %>'],
    ['the longest list', '<% [].indexOf.call({ length: 2 ** 53 - 1 }, 1) %>'],
    ['text in text', '<% "a".repeat(1e6).indexOf("a".repeat(5e5) + "b") %>'],
    ['objects with no room', '<% globalThis.a = []; for (;;) try { for (;;) a.push({}) } catch {} %>'],
    ['calls with no room', '<% (function f() { try { f() } catch { f() } })() %>'],
    ['blanks before a tag, which EJS itself reads', `a${' '.repeat(1e6)}b<%_ _%>`],
  ])('is stopped where nothing counts its steps: %s', (_, text) => {
    expect(problem(text, impatient)).toBe('does not end (more than 1 s)');
    expect(impatient({ name: NAME, text: 'and <%= name %>', starter: 'acme 1.4.0' }, { name: 'on' })).toBe('and on');
  });

  it('breaks no more than the thread', () => {
    // more than the thread's own stack, so that V8 ends it in the middle of QuickJS
    const deep = sandboxPrinter({ ...LIMITS, stackKb: 5_000 });
    expect(problem(`<% ${'('.repeat(1e6)} %>`, deep)).toBe('breaks the sandbox (RangeError: Maximum call stack size exceeded)');
    expect(deep({ name: NAME, text: 'and <%= name %>', starter: 'acme 1.4.0' }, { name: 'on' })).toBe('and on');
  });
});

describe('in a template', () => {
  it('there is a language and nothing else', () => {
    const here = `AggregateError Array BigInt Boolean Date Error EvalError Function Infinity InternalError Iterator JSON Map Math NaN Number Object RangeError
      ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError WeakMap WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent
      escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape`;
    expect(inSandbox('<%= Object.getOwnPropertyNames(globalThis).sort().join(" ") %>').split(' ')).toEqual(here.trim().split(/\s+/));
    expect(inSandbox('<%= Object.getOwnPropertySymbols(globalThis).map(String) %>')).toBe('Symbol(Symbol.toStringTag)');
  });

  it.each(['process', 'require', 'module', 'global', 'fetch', 'console', 'setTimeout', 'Buffer', 'WebAssembly', 'Worker', 'Atomics', 'SharedArrayBuffer', 'Proxy', 'Promise', 'performance', 'queueMicrotask', 'std', 'os'])(
    'there is no %s, whichever way it is asked for',
    (name) => {
      const ways = [`typeof ${name}`, `typeof globalThis.${name}`, `constructor.constructor('return typeof ${name}')()`, `(0, eval)('typeof ${name}')`, `(function () { return typeof this.${name} })()`];
      const more = [`(function* () {}).constructor('yield typeof ${name}')().next().value`, `escapeFn.constructor('return typeof ${name}')()`];
      const text = [...ways, ...more].map((way) => `<%= ${way.replace(/^constructor/, '(() => {}).constructor')} %>`).join(' ');
      expect(inSandbox(text)).toBe(Array(7).fill('undefined').join(' '));
    },
  );

  it.each([
    ['process', "<%= (() => {}).constructor('return process')() %>", "1: 'process' is not defined"],
    ['require', "<%= require('node:fs').readFileSync('/etc/passwd') %>", "1: 'require' is not defined"],
    ['fetch', "<%= fetch('https://example.com') %>", "1: 'fetch' is not defined"],
    ['import()', "<%= import('node:fs').readFileSync('/etc/passwd') %>", '1: not a function'],
    ['import() by eval', "<%= eval('import(\"node:fs\")').readFileSync %>", '1: not a function'],
    ['import.meta', '<%= import.meta.url %>', '1: import.meta only valid in module code'],
    ['what called it', '<%= (function f() { return f.caller })() %>', '1: a template printed a value that is not there'],
    ['the stack', '<% Error.prepareStackTrace = (error, stack) => stack; throw typeof new Error().stack %>', '1: string'],
  ])('the host is not reached: %s', (_, text, message) => {
    expect(problem(text)).toBe(message);
  });

  it.each(['new Date()', 'new Date(0)', 'Date()', 'Date.now()', 'Date.parse("2026")', 'Date.UTC(2026)', 'Reflect.construct(Date, [])', 'new Date.prototype.constructor()', 'new (class extends Date {})()'])(
    'there is no clock: %s',
    (text) => {
      expect(problem(`<%= ${text} %>`)).toBe('1: templates have no clock');
    },
  );

  it('there is no chance', () => {
    expect(problem('<%= Math.random() %>')).toBe('1: templates have no chance: Math.random() is not there');
    expect(inSandbox('<%= Object.getOwnPropertyNames(Math).filter((name) => /random/i.test(name)) %>')).toBe('random');
  });

  it('paths of this machine are not seen', () => {
    expect(inSandbox('<%= new Error("x").stack %> <%= typeof __filename %> <%= typeof __dirname %>')).not.toMatch(/[\\/]\w+[\\/]|file:|\bstring\b/);
  });
});

describe('one printing', () => {
  const state = '<%= [Object.prototype.a, Array.prototype.a, globalThis.a, list, map.get("a"), map.size, inner.a, "x".replace("x", "y"), [2, 1].sort().join("-"), JSON.stringify([1]), /a/g.lastIndex, typeof Map, Math.max(1, 2), typeof __seen].join() %>';
  const spoil = `<%
    Object.prototype.a = Array.prototype.a = globalThis.a = 'left behind'; list.push(3); map.set('a', 'b'); map.set('z', 1); inner.a = 2; Object.freeze(inner);
    String.prototype.replace = Array.prototype.join = Array.prototype.concat = JSON.stringify = JSON.parse = Math.max = () => 'spoilt';
    Object.assign = Object.create = () => { throw 'spoilt' }; globalThis.Map = globalThis.String = globalThis.Function = undefined; var __seen = 1; globalThis.__seen = 1;
    Array.prototype[Symbol.iterator] = function* () {}; Object.defineProperty(Object.prototype, 'toJSON', { get() { throw 'spoilt' } });
  %>printed`;
  const context = (): object => ({ list: [1, 2], map: new Map([['a', 'c']]), inner: { a: 1 } });
  const fresh = ',,,1,2,c,1,1,y,1-2,[1],0,function,2,undefined';

  it('leaves nothing behind for the next one', () => {
    const shared = context();
    expect(inSandbox(state, shared)).toBe(fresh);
    expect(inSandbox(spoil, shared)).toBe('printed');
    expect(inSandbox(state, shared)).toBe(fresh);
    expect(inSandbox(state, context())).toBe(fresh);
    expect(shared).toEqual(context());
  });

  it('may take all that there is, whatever others took', () => {
    // QuickJS counts two steps a round
    const six = '<% for (let round = 0; round < 3e6; round++); %>a';
    expect([inSandbox(six), inSandbox(six), inSandbox(six)]).toEqual(['a', 'a', 'a']);
    expect(problem(six.repeat(2))).toBe(`1: ${STEPS}`);
  });

  it.each([
    ['an error', '<% globalThis.a = 1; throw "x" %>'],
    ['an end by steps', '<% globalThis.a = 1; list.push(1); for (;;); %>'],
    ['an end by memory', '<% globalThis.a = []; list.length = 0; for (;;) a.push({}) %>'],
    ['a deep stack', '<% globalThis.a = 1; (function f() { f() })() %>'],
  ])('leaves nothing behind after %s', (_, text) => {
    const shared = context();
    expect(() => inSandbox(text, shared)).toThrow(UserError);
    expect(inSandbox(state, shared)).toBe(fresh);
  });

  it('reaches no object of the program', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    expect(inSandbox(spoil, context())).toBe('printed');
    expect(inSandbox('<% Object.prototype.text = "x"; Object.prototype.problem = "y"; __proto__.z = 1 %>a', {})).toBe('a');
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(typeof inSandbox('<% return new String("a").valueOf() %>')).toBe('string');
  });

  it('is the same in every thread and after whatever came before', () => {
    const text = '<%= Object.getOwnPropertyNames(globalThis) %> <%= new Error().stack %> <%= Math.sin(1) %> <%= Symbol("a").toString() %> <% let n = 0; try { (function f() { n++; f() })() } catch {} %><%= n %> <% let m = 0; const a = []; try { for (;; m++) a.push("x".repeat(1e5)) } catch { a.length = 0 } %><%= m %>';
    const first = sandboxPrinter(LIMITS)({ name: NAME, text, starter: 'acme 1.4.0' }, context());
    expect(inSandbox(text, context())).toBe(first);
    expect(inSandbox(spoil, context())).toBe('printed');
    expect(inSandbox(text, context())).toBe(first);
  });
});

describe('the thread', () => {
  const start = (code: string) =>
    execa(process.execPath, ['--input-type=module', '--eval', `const { printSandboxed } = await import(${JSON.stringify(new URL('../generators/starter/sandbox/print.ts', import.meta.url).href)});
      const print = (text) => printSandboxed({ name: 'x.ejs', text, starter: 'acme 1.4.0' }, {});
      ${code}`], { reject: false, timeout: 30_000 });

  it('ends with the program, and prints nothing itself', async () => {
    expect(await start('process.stdout.write(print("a<%= 1 %>"));')).toMatchObject({ exitCode: 0, stdout: 'a1', stderr: '' });
  });

  it('ends with the program after it had to be stopped', async () => {
    const { exitCode, stdout, stderr } = await start('try { print("<% Array(1e9).join(\'\') %>") } catch (error) { console.log(error.message) }');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'starter acme 1.4.0: x.ejs: does not end (more than 10 s); mend the template or leave the starter out', stderr: '' });
  }, 30_000);

  it('does not keep Ctrl-C from ending the program', async () => {
    const run = start('print("a"); console.log("waiting"); print("<% Array(1e9).join(\'\') %>");');
    run.stdout?.once('data', () => setTimeout(() => run.kill('SIGINT'), 200));
    const began = performance.now();
    expect(await run).toMatchObject({ signal: 'SIGINT', stdout: 'waiting', stderr: '' });
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
