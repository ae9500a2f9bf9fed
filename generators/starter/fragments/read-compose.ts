/** Reads a fragment of a Compose file: YAML as plain as answers are, in whose texts something may be printed. */
import { isMap, visit } from 'yaml';
import { isNothing, mapEntries, type Entry } from '../../answers/entries.ts';
import { parseAnswers, type Fail, type Parsed } from '../../answers/parse.ts';
import { UserError } from '../../errors/user-error.ts';
import { didYouMean, kindOf, quoted } from '../../questions/nearest.ts';
import type { ComposeFragment } from './compose.ts';
import { isMapping, type Mapping } from './merge-compose.ts';

const SECTIONS = ['services', 'networks', 'volumes', 'secrets', 'configs'];

/**
 * @param source what messages call the fragment
 * @param print prints a text that has EJS in it
 * @throws UserError with `source:line:column`
 */
export function readComposeFragment(text: string, source: string, print: (text: string) => string): ComposeFragment {
  const parsed = parseAnswers(text, source, 'Compose fragment');
  const { document, fail } = parsed;
  if (isNothing(document.contents)) return {};
  const sections = mapEntries(document.contents, fail, 'a Compose fragment is a mapping: write `services:`, and what is for them below it');
  for (const section of sections) checkSection(section, parsed);
  visit(document, { Map: (_, map) => checkKeys(mapEntries(map, fail, ''), fail) });
  printTexts(parsed, source, print);
  const data = Object.entries(document.toJS() as ComposeFragment).filter(([, section]) => section !== null);
  return Object.fromEntries(data.map(([key, section]) => [key, SECTIONS.includes(key) && isMapping(section) ? withoutNothing(section) : section]));
}

/** A network or a volume of which nothing is said, as our own files have it. */
function withoutNothing(section: Mapping): Mapping {
  return Object.fromEntries(Object.entries(section).map(([name, value]) => [name, value ?? {}]));
}

function checkSection({ key, node, offset }: Entry, { document, fail }: Parsed): void {
  const own = key.startsWith('x-');
  if (!own && !SECTIONS.includes(key)) fail(offset, `unknown key ${quoted(key)}${didYouMean(key, SECTIONS)}; known are ${SECTIONS.join(', ')}, and x-NAME`);
  if (isNothing(node)) return;
  // it takes the place of ours, which every service refers to
  if (key === 'x-logging') mapEntries(node, fail, 'x-logging is no mapping: write `key: value` lines below it');
  if (own) return;
  for (const { key: name, node: value, offset: place } of mapEntries(node, fail, `${key} is no mapping: write \`NAME:\` lines`)) {
    if (isMap(value) || (key !== 'services' && isNothing(value))) continue;
    fail(place, `${key}: ${quoted(name)} is ${kindOf(value?.toJS(document) ?? null)} and no mapping: write \`key: value\` lines below it`);
  }
}

function checkKeys(entries: readonly Entry[], fail: Fail): void {
  const printed = entries.find(({ key }) => key.includes('<%'));
  if (printed !== undefined) fail(printed.offset, `the key ${quoted(printed.key)} has EJS in it, which is printed in values alone`);
}

function printTexts({ document, at }: Parsed, source: string, print: (text: string) => string): void {
  visit(document, {
    Scalar: (key, scalar) => {
      const { value, source: written = '' } = scalar;
      // the modes of files: what begins with 0 is octal to Compose, and decimal to YAML 1.2
      if (key !== 'key' && typeof value === 'number' && /^0[0-7]+$/.test(written)) scalar.value = Number.parseInt(written, 8);
      if (key !== 'key' && typeof value === 'string' && value.includes('<%')) scalar.value = printed(value, at(scalar.range?.[0] ?? 0), source, print);
    },
  });
}

/** A printer counts the lines of the text alone: where the text stands says more. */
function printed(text: string, place: string, source: string, print: (text: string) => string): string {
  try {
    return print(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, code } = error;
    throw new UserError(`${place}: ${message.startsWith(source) ? message.slice(source.length).replace(/^(:\d+)?: /, '') : message}`, code);
  }
}
