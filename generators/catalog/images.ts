/** Image references by the name that templates/catalog/Dockerfile gives them (`FROM image:tag AS name`). */
export type Images = ReadonlyMap<string, string>;

/** Reads the pins out of the catalog's Dockerfile, the one place that update bots keep current. */
export function readImages(dockerfile: string): Images {
  return new Map(
    Array.from(dockerfile.matchAll(/^FROM\s+(\S+)\s+AS\s+(\S+)\s*$/gm), ([, reference, name]) => [name ?? '', reference ?? '']),
  );
}

/** The pinned reference of an image, like `postgres:18.6-trixie`. */
export function image(images: Images, name: string): string {
  const reference = images.get(name);
  if (reference === undefined) throw new Error(`templates/catalog/Dockerfile pins no image ${name}`);
  return reference;
}
