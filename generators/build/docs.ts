/** `npm run docs`: writes the table of options into docs/options.md, from the one table of questions. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { optionsDocument } from '../cli/options-document.ts';

writeFileSync(fileURLToPath(new URL('../../docs/options.md', import.meta.url)), optionsDocument());
