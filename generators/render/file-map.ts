import type { Project, Service } from '../project/model.ts';
import type { SecretFile } from '../project/secrets.ts';
import type { PackageGraph } from '../catalog/graph.ts';
import type { Questions } from '../questions/table.ts';
import type { OwnAnswers } from '../questions/answers.ts';
import type { Brought } from '../starter/brought.ts';
import type { Company } from '../starter/starter.ts';
import type { Images } from '../catalog/images.ts';

/**
 * Who a file belongs to after the first run. A `managed` file follows the answers and the generator, with what the user
 * has changed in it. A `seed` does so until it is edited, and is the user's from then on. What is `history` was written
 * once and is never changed or removed: databases remember it.
 */
export type Ownership = 'managed' | 'seed' | 'history';

export interface RenderedFile {
  readonly text: string;
  readonly mode: 0o644 | 0o755;
  readonly ownership: Ownership;
}

/** Path inside the project, with forward slashes, to its file. */
export type FileMap = ReadonlyMap<string, RenderedFile>;

/** One row of a table of files: which template prints which path, and when. */
export interface FileRow {
  /** Path below templates/, without the `.ejs`. */
  readonly template: string;
  /** Path inside the project (or, in a service's table, inside the service's directory). */
  readonly path: string;
  readonly mode?: 0o644 | 0o755;
  readonly ownership?: Ownership;
}

/** What templates see of the project; the same for all of them. */
export interface ProjectContext {
  readonly project: Project;
  readonly images: Images;
  readonly secretFiles: readonly SecretFile[];
  readonly diagram: string;
  /** The version of uv that locks requirements. */
  readonly uv: string;
  /** Options of each RUN in a Dockerfile that installs packages. */
  readonly secretMounts: readonly string[];
  /** What a starter says of its company; empty without one. */
  readonly company: Company;
  /** The answers to the starters' own questions. */
  readonly own: OwnAnswers;
}

export interface TemplateContext extends ProjectContext {
  readonly service?: Service;
}

/** What rendering reads beside the project; loaded once at the edge. */
export interface Sources {
  /** Path below templates/ (with `.ejs`) to text. */
  readonly templates: ReadonlyMap<string, string>;
  readonly images: Images;
  readonly packages: PackageGraph;
  /** The version of uv that locks requirements. */
  readonly uv: string;
  /** The questions whose answers pycompose.yaml holds. */
  readonly questions: Questions;
  /** What starters bring; null without one. */
  readonly brought: Brought | null;
  /** This generator's version, as written into pycompose.yaml and .pycompose/. */
  readonly version: string;
}
