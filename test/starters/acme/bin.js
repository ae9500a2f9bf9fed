#!/usr/bin/env node
import { create } from 'create-pycompose';
await create({ starter: import.meta.url });
