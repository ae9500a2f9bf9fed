/** Runs one template after another in QuickJS, which is compiled to WebAssembly: a language and nothing around it. Lives in worker.ts. */
import wasm from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type CustomizeVariantOptions, type QuickJSContext, type QuickJSHandle, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { MB, type Limits } from './limits.ts';
import type { Answer } from './messages.ts';
import { prelude } from './prelude.ts';
import { readReply } from './reply.ts';
import { PAGE, takeSnapshot, wipe } from './snapshot.ts';

export interface Engine {
  /** Takes the context that all templates see from now on, as context.ts encodes it. */
  load(shared: string): void;
  /** Prints the source of a template's function; throws only where the engine is broken, which cannot go on then. */
  print(source: string, own: string): Answer;
}

/** Without Date, what shares memory or waits for it (typed arrays, Atomics), promises (which would catch any end), and proxies: templates need none. */
const LANGUAGE = { BaseObjects: true, Eval: true, StringNormalize: true, RegExp: true, RegExpCompiler: true, JSON: true, MapSet: true };

/** QuickJS asks after each so many steps whether to go on. */
const STEPS_A_TURN = 10_000;

/** What the compiled QuickJS asks for to begin with. */
const FIRST_MB = 16;

/** TypeScript has WebAssembly as a part of browsers alone. */
type WasmMemory = Exclude<CustomizeVariantOptions['wasmMemory'], undefined | ((...rest: never[]) => unknown)>;
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => WasmMemory } };

/** Nothing that a template does is there for the next one: all of the memory is put back before each. */
export async function startEngine(limits: Limits): Promise<Engine> {
  const pages = (megabytes: number): number => (megabytes * MB) / PAGE;
  // QuickJS has a limit of its own, but does not know how much it was given when it is compiled to WebAssembly
  const memory = new WebAssembly.Memory({ initial: pages(FIRST_MB), maximum: pages(limits.memoryMb) });
  // its types are those of its CommonJS form
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(wasm as unknown as QuickJSSyncVariant, { wasmMemory: memory }));
  let turns = 0;
  const spent = (): boolean => turns > limits.steps / STEPS_A_TURN;
  const interruptHandler = (): boolean => {
    turns += 1;
    return spent();
  };
  const runtime = quickjs.newRuntime({ maxStackSizeBytes: limits.stackKb * 1024, interruptHandler });
  const context = runtime.newContext({ intrinsics: LANGUAGE });
  const loader = context.unwrapResult(context.evalCode(prelude(limits)));
  const bare = takeSnapshot(memory);
  let loaded = bare;
  let printer = context.undefined;

  return {
    load(shared) {
      turns = 0;
      wipe(memory);
      bare.restore();
      printer = context.unwrapResult(context.callFunction(loader, context.undefined, context.newString(shared)));
      loaded = takeSnapshot(memory);
    },
    print(source, own) {
      loaded.restore();
      turns = 0;
      const result = context.callFunction(printer, context.undefined, context.newString(JSON.stringify(source)), context.newString(own));
      if (result.error === undefined && !spent()) return readReply(textOf(context, result.value), source, limits, () => currentLine(context));
      // what a template throws is caught in there: this is an end that no `catch` sees, or one that left no room even to tell of it
      const problem = spent() ? `does not end (more than ${limits.steps / 1e6} million steps)` : 'out of memory';
      turns = 0;
      return { problem, line: currentLine(context) };
    },
  };
}

/** '' for what is no text: no template's object is asked for its text out here. */
function textOf(context: QuickJSContext, value: QuickJSHandle): string {
  return context.typeof(value) === 'string' ? context.getString(value) : '';
}

/** The template's line that was being printed. */
function currentLine(context: QuickJSContext): number | null {
  const result = context.evalCode('__line');
  return result.error === undefined && context.typeof(result.value) === 'number' ? context.getNumber(result.value) : null;
}
