import type { Project } from '../project/model.ts';
import type { FileRow } from './file-map.ts';
import { seed } from './ownership.ts';

/** The printed files of the project that belong to no Python service. */
export function rootRows(project: Project): readonly FileRow[] {
  const row = (template: string, more: Partial<FileRow> = {}): FileRow => ({
    template: `project/${template}`,
    path: template.replace(/^_/, '.'),
    ...more,
  });
  const script = (template: string, path: string): FileRow => row(template, { path, mode: 0o755 });
  const redisLike = (kind: string | null): boolean => kind === 'redis' || kind === 'valkey';
  return [
    script('run', 'run'),
    seed(row('README.md')),
    row('_env.example'),
    row('_gitignore'),
    row('_gitattributes'),
    row('_editorconfig'),
    ...(project.database ? [script(`services/database/setup-${project.database}.sh`, 'services/database/setup.sh')] : []),
    ...(project.broker === 'rabbitmq' ? [script('services/broker/start-rabbitmq.sh', 'services/broker/start.sh')] : []),
    ...(redisLike(project.broker) ? [script('services/broker/start.sh', 'services/broker/start.sh')] : []),
    ...(redisLike(project.cache) ? [script('services/cache/start.sh', 'services/cache/start.sh')] : []),
    ...(project.proxy === 'nginx' ? [row('services/proxy/default.conf')] : []),
    ...(project.proxy === 'caddy' ? [row('services/proxy/Caddyfile')] : []),
  ];
}
