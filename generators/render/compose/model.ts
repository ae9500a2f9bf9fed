/** The part of the Compose specification that generated projects use; printed in the order that the builders write the keys. */

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: true }>>;
  readonly volumes?: Readonly<Record<string, Volume>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

export type Environment = Readonly<Record<string, string>>;

export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context?: string; readonly target: string; readonly secrets?: readonly string[] };
  readonly pull_policy?: 'never';
  readonly init?: true;
  readonly user?: string;
  readonly hostname?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Environment;
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: Condition }>>;
  readonly healthcheck?: Healthcheck | { readonly disable: true };
  readonly restart?: 'unless-stopped' | 'no';
  readonly stop_grace_period?: string;
  readonly shm_size?: string;
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  readonly read_only?: true;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly deploy?: { readonly resources: { readonly limits: Limits } };
}

export type Condition = 'service_healthy' | 'service_completed_successfully';

export interface Healthcheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly start_period: string;
  readonly start_interval: string;
}

/** `cpus` in processors, `memory` in bytes with a unit, `pids` in processes and threads. */
export interface Limits {
  readonly cpus: string;
  readonly memory: string;
  readonly pids: number;
}

export interface Volume {
  readonly driver_opts?: Readonly<Record<string, string>>;
}
