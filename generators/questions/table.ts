/**
 * The one table of questions. Prompts, flags, defaults, the answers file and its JSON Schema, `--help`, `--explain`
 * and docs/options.md are all made from it; so a new option starts here. What a company's starter and the user's own
 * defaults say of it is put in by rules.ts.
 */
import type { ServiceAnswer } from './answers.ts';


export interface Choice {
  readonly value: string;
  /** What the choice brings, as one phrase under the prompt and in the docs. */
  readonly brings: string;
  /** Why it cannot be chosen yet; a choice with a reason is listed nowhere but refused with that reason. */
  readonly unavailable?: string;
}

interface QuestionBase {
  /** The key in pycompose.yaml; also the flag's name, with dashes, unless `flag` says otherwise. */
  readonly key: string;
  /** The question as a person is asked it. */
  readonly message: string;
  /** One line for --help, the schema and the docs. */
  readonly help: string;
  /** Where the default comes from, when it is not ours. */
  readonly origin?: string;
  /** Why no other value than the default can be chosen, and so nobody is asked. */
  readonly locked?: string;
  /** A starter's own question: its answer is below `own` in pycompose.yaml. */
  readonly own?: true;
}

/** The name of the project; by default that of its directory. */
export interface NameQuestion extends QuestionBase {
  readonly kind: 'name';
  readonly default?: string;
}

export interface TextQuestion extends QuestionBase {
  readonly kind: 'text';
  readonly own: true;
  /** Without one, it has to be answered. */
  readonly default?: string;
  /** A regular expression for all of the text. */
  readonly pattern?: string;
}

export interface ServicesQuestion extends QuestionBase {
  readonly kind: 'services';
  readonly flag: string;
  readonly choices: readonly Choice[];
  readonly default: readonly ServiceAnswer[];
}

export interface ChoiceQuestion extends QuestionBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  readonly default: string;
}

export interface SwitchQuestion extends QuestionBase {
  readonly kind: 'switch';
  readonly default: boolean;
  /** A switch that has nothing to switch while another key is `none`: it is then off and not asked. */
  readonly needs?: { readonly key: string; readonly because: string };
}

export type Question = NameQuestion | TextQuestion | ServicesQuestion | ChoiceQuestion | SwitchQuestion;
/** A question of a starter. */
export type OwnQuestion = (TextQuestion | ChoiceQuestion | SwitchQuestion) & { readonly own: true };
/** Our questions in their order, and behind them those of starters. */
export type Questions = readonly Question[];

export const questions = [
  {
    key: 'name',
    kind: 'name',
    message: 'Name of the project',
    help: 'Compose project name; by default the name of the directory',
  },
  {
    key: 'services',
    kind: 'services',
    flag: 'service',
    message: 'Python services',
    default: [{ name: 'web', framework: 'django' }],
    help: 'Python services and their frameworks; the first one is at / and the others are at /NAME/, unless a path is given',
    choices: [
      { value: 'django', brings: 'Django: ORM, migrations, admin-ready settings, WhiteNoise, gunicorn' },
      { value: 'flask', brings: 'Flask: application factory, SQLAlchemy, Alembic, gunicorn' },
      { value: 'fastapi', brings: 'FastAPI: async SQLAlchemy, Alembic, uvicorn workers under gunicorn' },
    ],
  },
  {
    key: 'database',
    kind: 'choice',
    message: 'Database',
    help: 'Database server; each service gets a database and an unprivileged role of its own',
    default: 'postgres',
    choices: [
      { value: 'postgres', brings: 'PostgreSQL, one role and database for each service, one-shot migrations' },
      { value: 'mariadb', brings: 'MariaDB, one user and database for each service, one-shot migrations' },
      { value: 'mysql', brings: 'MySQL', unavailable: 'mysql is not offered yet, because we ship only what we have proven on an engine; mariadb is the nearest' },
      { value: 'none', brings: 'No database, and so no example application' },
    ],
  },
  {
    key: 'cache',
    kind: 'choice',
    message: 'Cache',
    help: 'Cache server',
    default: 'memcached',
    choices: [
      { value: 'memcached', brings: 'memcached: small and fast, nothing on disk' },
      { value: 'redis', brings: 'Redis as a cache: least recently used out first, a password for each service' },
      { value: 'valkey', brings: 'Valkey as a cache: least recently used out first, a password for each service' },
      { value: 'none', brings: 'No cache' },
    ],
  },
  {
    key: 'mail',
    kind: 'choice',
    message: 'Mail',
    help: 'Mail: Mailpit catches it in development, SMTP by environment in production',
    default: 'mailpit',
    choices: [
      { value: 'mailpit', brings: 'Mailpit with a web page in development, your SMTP server in production' },
      { value: 'none', brings: 'No mail' },
    ],
  },
  {
    key: 'broker',
    kind: 'choice',
    message: 'Task queue',
    help: 'Message broker; brings a Celery worker for each service',
    default: 'rabbitmq',
    choices: [
      { value: 'rabbitmq', brings: 'Celery workers on RabbitMQ quorum queues, a virtual host for each service' },
      { value: 'redis', brings: 'Celery workers on Redis, written to disk every second, nothing evicted' },
      { value: 'valkey', brings: 'Celery workers on Valkey, written to disk every second, nothing evicted' },
      { value: 'none', brings: 'No background tasks' },
    ],
  },
  {
    key: 'beat',
    kind: 'switch',
    message: 'Periodic tasks (Celery beat)',
    help: 'A Celery beat process for each service, for periodic tasks',
    default: true,
    needs: { key: 'broker', because: 'beat sends its tasks through a broker' },
  },
  {
    key: 'proxy',
    kind: 'choice',
    message: 'Reverse proxy',
    help: 'Reverse proxy, the only thing published; with none, each service publishes a port',
    default: 'nginx',
    choices: [
      { value: 'nginx', brings: 'nginx without root, one port for all services' },
      { value: 'caddy', brings: 'Caddy without root, one port for all services' },
      { value: 'none', brings: 'No proxy: each service publishes its own port on loopback' },
    ],
  },
  {
    key: 'python',
    kind: 'choice',
    message: 'Python',
    help: 'Python version of the images',
    default: '3.14',
    choices: [
      { value: '3.14', brings: 'Python 3.14' },
      { value: '3.13', brings: 'Python 3.13' },
      { value: '3.12', brings: 'Python 3.12, the oldest that Django 6 runs on' },
    ],
  },
  {
    key: 'example',
    kind: 'switch',
    message: 'Example application',
    help: 'A small to-do application in each service, with a page, an API, a cache and a task',
    default: true,
    needs: { key: 'database', because: 'the example keeps its items in a database' },
  },
] as const satisfies readonly Question[];

export type QuestionKey = (typeof questions)[number]['key'];

/** The question table with its general type, for code that treats all questions alike. */
export const allQuestions: Questions = questions;

/** What a question's flag is called, without the dashes. */
export function flagName(question: Question): string {
  return question.kind === 'services' ? question.flag : question.key.replaceAll('_', '-');
}

/** The question for services. */
export function servicesOf(table: Questions): ServicesQuestion {
  const question = table.find((candidate) => candidate.kind === 'services');
  if (question === undefined) throw new Error('the table has no question for services');
  return question;
}

/** What each service can say of itself. */
export const SERVICE_OPTIONS = ['framework', 'port', 'path'];

/** The choices that can be chosen today. */
export function offered(question: ServicesQuestion | ChoiceQuestion): readonly Choice[] {
  return question.choices.filter((choice) => choice.unavailable === undefined);
}
