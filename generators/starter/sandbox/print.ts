/** Templates of starters are somebody else's programs: they are printed where there is no disk, network, clock or chance. */
import { LIMITS } from './limits.ts';
import { sandboxPrinter } from './printer.ts';

export interface SandboxedTemplate {
  /** Path as messages name it, like `templates/service/common/Dockerfile.ejs`. */
  readonly name: string;
  readonly text: string;
  /** The starter that it is of, for messages, like `acme 1.4.0`. */
  readonly starter: string;
}

const printer = sandboxPrinter(LIMITS);

/**
 * Prints a template as generators/render/ejs.ts prints our own: nothing is HTML-escaped, and a value that is not there is a
 * mistake. Whatever is wrong with the template is a UserError of one line.
 *
 * @param shared what all templates of a project see: data and Maps; the same object is sent into the sandbox once
 * @param own more top-level names, of this one printing (like `service`)
 */
export function printSandboxed(template: SandboxedTemplate, shared: object, own: object = {}): string {
  return printer(template, shared, own);
}
