import ejs from 'ejs';
import type { Sources, TemplateContext } from './file-map.ts';

type Templates = Sources['templates'];

/** A template is compiled when it is first printed, and once for all services. */
const compiled = new WeakMap<Templates, Map<string, ejs.TemplateFunction>>();

/**
 * Prints one template. Nothing is HTML-escaped (we print Python, YAML and shell), and a value that is
 * undefined or null is a mistake in a template, so it throws with the template's name and line.
 */
export function print(sources: Pick<Sources, 'templates'>, template: string, context: TemplateContext): string {
  return printer(sources.templates, `${template}.ejs`)(context);
}

function printer(templates: Templates, name: string): ejs.TemplateFunction {
  const known = compiled.get(templates) ?? new Map<string, ejs.TemplateFunction>();
  compiled.set(templates, known);
  const text = templates.get(name);
  if (text === undefined) throw new Error(`no template ${name}`);
  const print = known.get(name) ?? ejs.compile(text, { escape: printable, filename: `templates/${name}` });
  known.set(name, print);
  return print;
}

function printable(value?: unknown): string {
  if (value === undefined || value === null) throw new Error('a template printed a value that is not there');
  return String(value);
}
