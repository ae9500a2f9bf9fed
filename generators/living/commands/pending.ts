/** Changes of pycompose.yaml that no run has brought in yet. */
import { UserError } from '../../errors/user-error.ts';
import { placed } from '../../project/services.ts';
import { answerTo, type Answers } from '../../questions/answers.ts';
import { ANSWERS_PATH } from '../../render/project-files.ts';
import type { LivingProject } from '../project.ts';

/**
 * What pycompose.yaml says beyond the last run would be brought in by halves, if only one service or file was.
 * @param name the service whose own changes are brought in
 * @throws UserError (usage)
 */
export function refusePending({ last, current, sources }: LivingProject, name?: string): void {
  const changed = sources.questions.filter((question) => question.kind !== 'services' && answerTo(last, question) !== answerTo(current, question)).map(({ key }) => key);
  const others = (answers: Answers): string => JSON.stringify(placed(answers.services).filter((service) => service.name !== name));
  if (others(last) !== others(current)) changed.push('services');
  if (changed.length > 0) throw new UserError(`${ANSWERS_PATH} has changes that were not brought in yet (${changed.join(', ')}): run pycompose update first, or take them back`);
}
