/** The resolved package catalogue as data; made by `npm run catalog`, read from templates/catalog/packages.json. */
export interface PackageGraph {
  readonly packages: Readonly<Record<string, unknown>>;
}
