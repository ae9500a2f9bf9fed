import type { Project } from './model.ts';

/** A file below secrets/, git-ignored, mounted into containers. */
export interface SecretFile {
  /** Path inside the project, like `secrets/web_secret_key`. */
  readonly file: string;
  /** False for what only the user knows: the file is made empty, to be filled in. */
  readonly generated: boolean;
}

/** The secrets of a project, in a stable order. */
export function secretNames(project: Project): readonly SecretFile[] {
  const generated = (name: string): SecretFile => ({ file: `secrets/${name}`, generated: true });
  return [
    ...(project.database ? [generated('database_admin_password')] : []),
    ...project.services.flatMap((service) => [
      ...(service.framework === 'fastapi' ? [] : [generated(`${service.name}_secret_key`)]),
      ...(project.database ? [generated(`${service.name}_database_password`)] : []),
      ...(project.cache && project.cache !== 'memcached' ? [generated(`${service.name}_cache_password`)] : []),
      ...(project.broker ? [generated(`${service.name}_broker_password`)] : []),
    ]),
    ...(project.mail ? [{ file: 'secrets/email_password', generated: false }] : []),
  ];
}
