/** Settles a plan's conflicts one by one at a terminal. */
import type { Side } from '../merge/merged.ts';
import type { Plan } from '../plan/plan.ts';
import type { Ask } from '../questions/prompts.ts';
import { placeText } from './report.ts';
import { isReplaceable, questionsOf, settlePlan, type Question } from './settle-plan.ts';
import { fileDiff } from './unified.ts';

/** @returns the plan without conflicts; null when the user cancels */
export async function askConflicts(plan: Plan, ask: Ask, print: (text: string) => void): Promise<Plan | null> {
  const sides = new Map<string, Side>();
  const questions = questionsOf(plan);
  for (const [index, question] of questions.entries()) {
    const side = await askOne(question, `${index + 1}/${questions.length}`, ask, print);
    if (side === null) return null;
    sides.set(idOf(question), side);
  }
  return settlePlan(plan, (question) => sides.get(idOf(question)) ?? null);
}

async function askOne(question: Question, count: string, ask: Ask, print: (text: string) => void): Promise<Side | null> {
  print(placeText(question));
  const whole = question.place === null;
  for (;;) {
    const answer = await ask({
      type: 'select',
      name: 'value',
      message: `Conflict ${count} in ${question.file.path}`,
      choices: [
        { name: whole ? 'Keep what is there' : 'Keep yours', short: 'keep', value: 'keep' },
        ...(!whole || isReplaceable(question.file) ? [{ name: 'Take what is generated', short: 'take', value: 'take' }] : []),
        ...(question.place?.conflict.base === '' ? [{ name: 'Take both, yours first', short: 'both', value: 'both' }] : []),
        ...(whole ? [] : [{ name: 'Write both, between markers', short: 'markers', value: 'markers' }]),
        { name: 'Show what would change in the file', short: 'diff', value: 'diff' },
        { name: 'Cancel, write nothing', short: 'cancel', value: 'cancel' },
      ],
    });
    if (answer === 'cancel') return null;
    if (answer !== 'diff') return answer as Side;
    print(fileDiff(question.file));
  }
}

function idOf({ file, place }: Question): string {
  return `${place?.index ?? ''}:${file.path}`;
}
