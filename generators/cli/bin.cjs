#!/usr/bin/env node
// Plain old JavaScript on purpose: an older Node must be able to read this far to say what is missing.
'use strict';

// The oldest version of each line that works; the same as "engines" in package.json. Lines between them had their end of life.
var oldest = { 20: 19, 22: 18 };
var newest = 24;
var current = process.versions.node.split('.').map(Number);

if (current[0] >= newest || current[1] >= oldest[current[0]]) {
  import('./main.js');
} else {
  process.stderr.write('error: pycompose needs Node 20.19, 22.18, 24 or newer, and this is Node ' + process.versions.node + ': install a newer one from nodejs.org\n');
  process.exitCode = 1;
}
