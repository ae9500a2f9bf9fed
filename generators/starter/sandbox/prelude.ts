import { MB, type Limits } from './limits.ts';

/**
 * What runs in the sandbox before a template: takes away clock and chance, and gives a function that takes the shared context
 * and gives one that prints. That takes JSON of the template's source and of its own context, and gives one text, in JSON
 * since C cuts text at NUL: `=` and what was printed, `!` and why it was not, or `?`, the line of the source and what is wrong
 * with its syntax. A template can change all that it reaches, so what is needed after it is kept in constants. `__line` is a
 * variable of the script, so that it can be asked for after an end that no `catch` sees.
 */
export function prelude({ textMb }: Pick<Limits, 'textMb'>): string {
  return `let __line = 1;
(() => {
  const { parse, stringify } = JSON;
  const text = String;
  const refuse = (what) => function () { throw new Error(what); };

  const clock = refuse('templates have no clock');
  const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
  Object.defineProperties(clock, { name: hidden('Date'), now: hidden(clock), parse: hidden(clock), UTC: hidden(clock) });
  Object.defineProperty(globalThis, 'Date', hidden(clock));
  Object.defineProperty(Math, 'random', hidden(refuse('templates have no chance: Math.random() is not there')));

  const include = refuse('include() is not for templates of starters: each prints alone');
  const escapeFn = (value) => {
    if (value === undefined || value === null) throw new Error('a template printed a value that is not there');
    return text(value);
  };
  const measure = (output) => {
    if (output.length > ${textMb * MB}) throw new Error('prints more than ${textMb} MB');
  };
  // room to tell of an end in, when there is none left
  let reserve = 'x'.repeat(65536);
  const told = (error) => {
    reserve = '';
    try {
      // QuickJS throws null where there is no room for an error
      if (error === null) return 'out of memory';
      return text((typeof error === 'object' && error.message) || error);
    } catch {
      return 'it threw something that has no text';
    }
  };

  // a template may have a way out of its function, and then this is no mistake in its syntax
  const placed = (error) => {
    try {
      return typeof error.lineNumber === 'number' ? '?' + error.lineNumber + ' ' : '!';
    } catch {
      return '!';
    }
  };

  // what context.ts encodes; the table of one goes on where that of the other ends
  const decode = ({ nodes, links, maps }, known) => {
    const first = known.length;
    const values = known.concat(nodes);
    for (const at of maps) values[at] = new Map();
    for (const [from, key, to] of links) nodes[from - first][key] = values[to];
    for (const at of maps) {
      const entries = nodes[at - first];
      for (let entry = 0; entry < entries.length; entry += 2) values[at].set(entries[entry], entries[entry + 1]);
    }
    return values;
  };

  return (shared) => {
    const known = decode(parse(shared), []);
    return (source, own) => {
      let print;
      try {
        print = Function('locals', 'escapeFn', 'include', '__measure', parse(source));
      } catch (error) {
        return stringify(placed(error) + told(error));
      }
      const locals = Object.assign(Object.create(null), known[0], decode(parse(own), known)[known.length]);
      try {
        const output = print(locals, escapeFn, include, measure);
        if (typeof output !== 'string') return stringify('!it returned something that is not text');
        measure(output);
        return stringify('=' + output);
      } catch (error) {
        return stringify('!' + told(error));
      }
    };
  };
})()`;
}
