import { main } from "$source";

process.exitCode = await main(process.argv.slice(2));
