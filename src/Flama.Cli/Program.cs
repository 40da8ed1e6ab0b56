using Flama.Cli;

return await CliProgram.RunAsync(args, CliConsole.OfProcess());
