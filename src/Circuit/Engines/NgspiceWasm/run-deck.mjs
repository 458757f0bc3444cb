// Runs one deck in the ngspice of the npm package eecircuit-engine and writes its result as JSON.
// Arguments: the package's module, the deck, the file for the result.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, deck, result] = process.argv.slice(2);
// What the simulator says goes into the result; only failures of this script itself reach the terminal.
console.error = () => {};
console.info = () => {};
const { Simulation } = await import(pathToFileURL(module).href);
const simulation = new Simulation();
await simulation.start();
simulation.setNetList(readFileSync(deck, "latin1"));
const { header, dataType, data } = await simulation.runSim();
const version = /ngspice-[0-9.]+/.exec(header)?.[0] ?? /ngspice-[0-9.]+/.exec(simulation.getInitInfo())?.[0] ?? "";
const plot = /^Plotname: *(.*)$/m.exec(header)?.[1].trim() ?? "";
const isComplex = dataType === "complex";
writeFileSync(result, JSON.stringify({
  version,
  plot,
  isComplex,
  names: data.map((vector) => vector.name),
  kinds: data.map((vector) => vector.type),
  values: data.map((vector) => isComplex ? vector.values.flatMap((value) => [value.real, value.img]) : vector.values),
  errors: simulation.getError(),
}));
process.exit(0);
