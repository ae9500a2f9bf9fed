import type { Project, Service } from './model.ts';

/** A file below secrets/, git-ignored, mounted into containers or builds. */
export interface SecretFile {
  /** Path inside the project, like `secrets/web_secret_key`. */
  readonly file: string;
  /** False for what only the user knows: the file is made empty, to be filled in. */
  readonly generated: boolean;
}

/** Who may read the package index, in the form of a .netrc file: for builds alone, never mounted into a container. */
export const INDEX_LOGIN = 'secrets/package_index_login';

/** The secrets of a project, in a stable order. */
export function secretNames(project: Project): readonly SecretFile[] {
  const generated = (name: string): SecretFile => ({ file: `secrets/${name}`, generated: true });
  return [
    ...(project.database ? [generated('database_admin_password')] : []),
    ...project.services.flatMap((service) => serviceSecrets(project, service).map((name) => generated(`${service.name}_${name}`))),
    ...(project.mail ? [{ file: 'secrets/email_password', generated: false }] : []),
    ...(project.packageIndex?.login ? [{ file: INDEX_LOGIN, generated: false }] : []),
  ];
}

/** The secrets that one service alone has, without its name. */
export function serviceSecrets({ database, cache, broker }: Project, { framework }: Service): readonly string[] {
  return [
    ...(framework === 'fastapi' ? [] : ['secret_key']),
    ...(database ? ['database_password'] : []),
    ...(cache && cache !== 'memcached' ? ['cache_password'] : []),
    ...(broker ? ['broker_password'] : []),
  ];
}
