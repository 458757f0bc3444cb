// Runs one deck in the ngspice of the npm package eecircuit-engine and writes its result as JSON.
// Arguments: the package's module, the deck, the file for the result.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, deck, result] = process.argv.slice(2);
const { Simulation } = await import(pathToFileURL(module).href);
const simulation = new Simulation();
await simulation.start();
simulation.setNetList(readFileSync(deck, "utf8"));
const { header, dataType, data } = await simulation.runSim();
const version = /ngspice-[0-9.]+/.exec(header)?.[0] ?? /ngspice-[0-9.]+/.exec(simulation.getInitInfo())?.[0] ?? "";
const plot = /^Plotname: *(.*)$/m.exec(header)?.[1].trim() ?? "";
writeFileSync(result, JSON.stringify({
  version,
  plot,
  dataType,
  names: data.map((vector) => vector.name),
  kinds: data.map((vector) => vector.type),
  values: dataType === "real" ? data.map((vector) => vector.values) : [],
  errors: simulation.getError(),
}));
process.exit(0);
