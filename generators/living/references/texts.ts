/** Path inside the project to text, of all files that matter: compose*.yaml, and *.py, *.ini, *.toml, *.sh and requirements*.in below services/. */
export type Texts = ReadonlyMap<string, string>;
