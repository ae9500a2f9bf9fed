import type { Project } from '../project/model.ts';

/** A Mermaid picture of the services; an edge is a network that just these two share. */
export function diagram(project: Project): string {
  const { database, cache, broker, mail, proxy, beat } = project;
  const lines = ['flowchart LR', '  browser([browser])'];
  if (proxy) lines.push(`  browser --- proxy[proxy: ${proxy}]`);
  for (const { name, framework, prefix } of project.services) {
    const processes = [name, ...(database ? [`${name}-migrate`] : []), ...(broker ? [`${name}-worker`] : []), ...(beat ? [`${name}-beat`] : [])];
    lines.push(`  ${name}["${name}: ${framework}<br>${processes.join(', ')}"]`);
    lines.push(proxy ? `  proxy -- "${prefix}/" --- ${name}` : `  browser --- ${name}`);
    if (database) lines.push(`  ${name} --- database[(database: ${database})]`);
    if (cache) lines.push(`  ${name} --- cache[(cache: ${cache})]`);
    if (broker) lines.push(`  ${name} --- broker[[broker: ${broker}]]`);
    if (mail) lines.push(`  ${name} --- mail>mail: Mailpit or SMTP]`);
  }
  return lines.join('\n');
}
