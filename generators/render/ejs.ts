import ejs from 'ejs';
import type { Sources, TemplateContext } from './file-map.ts';

/**
 * Prints one template. Nothing is HTML-escaped (we print Python, YAML and shell), and a value that is
 * undefined or null is a mistake in a template, so it throws with the template's name and line.
 */
export function print(sources: Pick<Sources, 'templates'>, template: string, context: TemplateContext & Record<string, unknown>): string {
  const text = sources.templates.get(`${template}.ejs`);
  if (text === undefined) throw new Error(`no template ${template}.ejs`);
  return ejs.render(text, context, { escape: printable, filename: `templates/${template}.ejs` });
}

function printable(value?: unknown): string {
  if (value === undefined || value === null) throw new Error('a template printed a value that is not there');
  return String(value);
}
